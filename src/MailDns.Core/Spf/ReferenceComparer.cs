using System.Runtime.CompilerServices;

namespace MailDns.Spf;

/// <summary>Tells a term from its equal twin.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<SpfTerm>
{
    public static ReferenceComparer Instance { get; } = new();

    public bool Equals(SpfTerm? x, SpfTerm? y) => ReferenceEquals(x, y);

    public int GetHashCode(SpfTerm obj) => RuntimeHelpers.GetHashCode(obj);
}
