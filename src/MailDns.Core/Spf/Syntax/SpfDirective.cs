using System.Net;
using System.Text;
using MailDns.Spf;

namespace MailDns;

/// <summary>A directive: [qualifier] mechanism (RFC 7208 section 4.6.1).</summary>
public sealed class SpfDirective : SpfTerm
{
    private static readonly string[] s_mechanismNames = { "all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists" };
    private static readonly string[] s_qualifiers = { string.Empty, "-", "~", "?" };
    private readonly byte _qualifier;
    private readonly byte _mechanism;
    private readonly byte _ip4PrefixLength;
    private readonly byte _ip6PrefixLength;

    internal SpfDirective(
        string source,
        int offset,
        int length,
        SpfQualifier qualifier,
        SpfMechanism mechanism,
        MacroString? domainSpec,
        AddressBits network,
        int ip4PrefixLength,
        int ip6PrefixLength)
        : base(source, offset, length)
    {
        _qualifier = (byte)qualifier;
        _mechanism = (byte)mechanism;
        DomainSpec = domainSpec;
        NetworkBits = network;
        _ip4PrefixLength = (byte)ip4PrefixLength;
        _ip6PrefixLength = (byte)ip6PrefixLength;
    }

    /// <summary>What a match gives.</summary>
    public SpfQualifier Qualifier => (SpfQualifier)_qualifier;

    /// <summary>The mechanism.</summary>
    public SpfMechanism Mechanism => (SpfMechanism)_mechanism;

    /// <summary>The domain-spec of include, a, mx, ptr and exists; null where the record leaves it out (the current domain).</summary>
    public MacroString? DomainSpec { get; }

    /// <summary>The address of ip4 and ip6 as written, host bits included; null for the others.</summary>
    public IPAddress? Network => IsNetwork ? NetworkBits.ToIPAddress() : null;

    /// <summary>The IPv4 prefix length of ip4, a and mx, 0-32; 32 where the record leaves it out.</summary>
    public int IPv4PrefixLength => _ip4PrefixLength;

    /// <summary>The IPv6 prefix length of ip6, a and mx, 0-128; 128 where the record leaves it out.</summary>
    public int IPv6PrefixLength => _ip6PrefixLength;

    /// <summary>True for include, a, mx, ptr and exists (RFC 7208 section 4.6.4).</summary>
    public override bool IsLookup => Mechanism is not (SpfMechanism.All or SpfMechanism.Ip4 or SpfMechanism.Ip6);

    /// <summary>The address of ip4 and ip6 as written.</summary>
    internal AddressBits NetworkBits { get; }

    internal bool IsNetwork => Mechanism is SpfMechanism.Ip4 or SpfMechanism.Ip6;

    /// <summary>The prefix length that ip4 or ip6 compares.</summary>
    internal int PrefixLength => Mechanism == SpfMechanism.Ip4 ? IPv4PrefixLength : IPv6PrefixLength;

    /// <summary>The mechanism's name, lower case.</summary>
    internal string MechanismName => s_mechanismNames[_mechanism];

    internal override string CanonicalText => s_qualifiers[_qualifier] + MechanismText;

    /// <summary>The canonical text without the qualifier.</summary>
    internal string MechanismText
    {
        get
        {
            var text = new StringBuilder(MechanismName, 48);
            if (IsNetwork)
                text.Append(':').Append(NetworkBits.ToString());
            else if (DomainSpec is not null)
                text.Append(':').Append(DomainSpec.CanonicalDomain);

            return AppendPrefixLengths(text).ToString();
        }
    }

    /// <summary>The character of a qualifier; empty for pass, which needs none.</summary>
    internal static string QualifierText(SpfQualifier qualifier) => s_qualifiers[(int)qualifier];

    private StringBuilder AppendPrefixLengths(StringBuilder text)
    {
        if (IPv4PrefixLength != AddressBits.IPv4Length)
            text.Append('/').Append(IPv4PrefixLength.ToString(CultureInfo.InvariantCulture));

        if (IPv6PrefixLength != AddressBits.IPv6Length)
            text.Append(Mechanism == SpfMechanism.Ip6 ? "/" : "//").Append(IPv6PrefixLength.ToString(CultureInfo.InvariantCulture));

        return text;
    }
}
