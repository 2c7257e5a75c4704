using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The record-keeper's own documents: the installation's fields.</summary>
internal sealed class RecordDb(DbContextOptions<RecordDb> options) : ContextDb(options)
{
    public override string Schema => "record";
}
