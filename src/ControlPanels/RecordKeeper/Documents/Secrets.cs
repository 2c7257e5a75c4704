using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Records;

/// <summary>Columns whose values the audit trail leaves out.</summary>
public static class Secrets
{
    private const string Annotation = "BusinessM:Secret";

    public static PropertyBuilder<T> IsSecret<T>(this PropertyBuilder<T> property)
    {
        property.Metadata.SetAnnotation(Annotation, true);
        return property;
    }

    internal static bool IsSecret(this IProperty property) => property.FindAnnotation(Annotation) is not null;
}
