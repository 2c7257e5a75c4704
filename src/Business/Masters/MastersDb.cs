using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

/// <summary>The documents of Masters: identities that every context links to by id.</summary>
internal sealed class MastersDb(DbContextOptions<MastersDb> options) : ContextDb(options)
{
    public override string Schema => "masters";
}
