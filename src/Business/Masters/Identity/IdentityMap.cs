using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Masters.Identity;

internal sealed class IdentityMap : IEntityTypeConfiguration<User>, IEntityTypeConfiguration<Role>,
    IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("user_account");
        user.Property(u => u.PasswordHash).IsSecret();
    }

    public void Configure(EntityTypeBuilder<Role> role) => role.ToTable("role");

    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_key");
        key.Property(k => k.TokenHash).IsSecret();
    }

    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("session");
        session.Property(s => s.TokenHash).IsSecret();
    }
}
