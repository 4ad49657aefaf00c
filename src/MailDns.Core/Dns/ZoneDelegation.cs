using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Dns;

/// <summary>
/// The name servers that the zone above names for a zone, against those that the zone names itself (RFC 1034 section 4.2.2):
/// resolvers begin with the first, and learn of the second from them.
/// </summary>
internal sealed class ZoneDelegation
{
    private ZoneDelegation(DomainName? parent, IEnumerable<DomainName> atParent, IEnumerable<DomainName> inZone, string? failure, bool isHidden)
    {
        Parent = parent;
        AtParent = Names(atParent);
        InZone = Names(inZone);
        Failure = failure;
        IsHidden = isHidden;
    }

    /// <summary>The zone above; null where it could not be found.</summary>
    public DomainName? Parent { get; }

    /// <summary>The servers that the zone above names, sorted.</summary>
    public IReadOnlyList<string> AtParent { get; }

    /// <summary>The servers that the zone names, sorted.</summary>
    public IReadOnlyList<string> InZone { get; }

    /// <summary>Why nothing is known, as a sentence; null where the two can be compared.</summary>
    public string? Failure { get; }

    /// <summary>True where nobody can see the delegation from outside: the servers of the zone above serve this zone too.</summary>
    public bool IsHidden { get; }

    public static ZoneDelegation Of(DomainName parent, IEnumerable<DomainName> atParent, IEnumerable<DomainName> inZone) =>
        new(parent, atParent, inZone, failure: null, isHidden: false);

    public static ZoneDelegation Unknown(string failure) => new(parent: null, Array.Empty<DomainName>(), Array.Empty<DomainName>(), failure, isHidden: false);

    public static ZoneDelegation Hidden(DomainName parent, DomainName zone) => new(
        parent,
        Array.Empty<DomainName>(),
        Array.Empty<DomainName>(),
        "The servers of " + parent + " serve " + zone + " too, so its delegation does not show.",
        isHidden: true);

    private static string[] Names(IEnumerable<DomainName> names) => names.Distinct().Select(name => name.ToString()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
}
