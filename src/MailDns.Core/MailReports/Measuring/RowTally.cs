using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>What makes rows of one report alike: everything that tells who sent.</summary>
internal readonly record struct RowPrint(
    string HeaderFrom,
    AddressBits Address,
    int PrefixLength,
    string? KeyDomain,
    string? KeySelector,
    string? OtherSigner,
    string? SpfDomain,
    RowTraits Traits);

[Flags]
internal enum RowTraits
{
    None,

    /// <summary>The address could not be read.</summary>
    Unreadable = 1,

    /// <summary>It did not pass, and a lookup of the receiver failed.</summary>
    TemporaryError = 2,

    /// <summary>The receiver says that it was forwarded or came through a list.</summary>
    Forwarded = 4,
}

internal sealed class RowCounts
{
    public long Messages;
    public long Passed;
    public long Dkim;
    public long Spf;
}

/// <summary>
/// Adds up the rows of one report. It holds no more than a bounded number of kinds of rows; beyond that, addresses are joined
/// into networks, first those of /24, then /16, then all.
/// </summary>
internal sealed class RowTally
{
    /// <summary>Most kinds of rows that are kept apart.</summary>
    internal const int MaxPrints = 50_000;

    private static readonly (int IPv4, int IPv6)[] s_steps = { (32, 128), (24, 48), (16, 32), (0, 0) };

    private Dictionary<RowPrint, RowCounts> _counts = new();
    private int _step;

    public IReadOnlyDictionary<RowPrint, RowCounts> Counts => _counts;

    /// <summary>True where addresses had to be joined into networks.</summary>
    public bool IsCoarse => _step > 0;

    public void Add(DmarcReportRow row)
    {
        Add(PrintOf(row), row.Count, row.Passed ? row.Count : 0, row.DkimAligned ? row.Count : 0, row.SpfAligned ? row.Count : 0);
        while (_counts.Count > MaxPrints && _step < s_steps.Length - 1)
        {
            _step++;
            Dictionary<RowPrint, RowCounts> finer = _counts;
            _counts = new Dictionary<RowPrint, RowCounts>();
            foreach (KeyValuePair<RowPrint, RowCounts> one in finer)
            {
                Add(Coarser(one.Key), one.Value.Messages, one.Value.Passed, one.Value.Dkim, one.Value.Spf);
            }
        }
    }

    private void Add(in RowPrint print, long messages, long passed, long dkim, long spf)
    {
        if (!_counts.TryGetValue(print, out RowCounts? counts))
        {
            // What is left of a hostile report once even its networks were joined: it is counted, and not told apart.
            RowPrint key = _counts.Count <= MaxPrints || _step < s_steps.Length - 1 ? print : new RowPrint(string.Empty, default, 0, null, null, null, null, RowTraits.Unreadable);
            if (!_counts.TryGetValue(key, out counts))
            {
                _counts.Add(key, counts = new RowCounts());
            }
        }

        counts.Messages += messages;
        counts.Passed += passed;
        counts.Dkim += dkim;
        counts.Spf += spf;
    }

    private RowPrint Coarser(in RowPrint print)
    {
        int length = print.Address.IsIPv6 ? s_steps[_step].IPv6 : s_steps[_step].IPv4;
        return length >= print.PrefixLength ? print : print with { Address = print.Address.Network(length), PrefixLength = length };
    }

    private RowPrint PrintOf(DmarcReportRow row)
    {
        DmarcReportDkim? own = null;
        string? other = null;
        bool hasTemporaryError = false;
        foreach (DmarcReportDkim signature in row.Dkim)
        {
            if (signature.Result == "pass" && signature.Domain.Length > 0)
            {
                if (OwnDomain.MayBe(signature.Domain, row.HeaderFrom))
                {
                    own ??= signature;
                }
                else
                {
                    other ??= signature.Domain;
                }
            }

            hasTemporaryError |= signature.Result == "temperror";
        }

        string? spf = null;
        foreach (DmarcReportSpf result in row.Spf)
        {
            if (result.Result == "pass" && result.Domain.Length > 0 && (spf is null || result.Scope != "helo"))
            {
                spf = result.Domain;
            }

            hasTemporaryError |= result.Result == "temperror";
        }

        RowTraits traits = (row.Source is null ? RowTraits.Unreadable : RowTraits.None)
            | (hasTemporaryError && !row.Passed ? RowTraits.TemporaryError : RowTraits.None)
            | (row.Reasons.Length > 0 && row.Reasons.Any(IsForwarding) ? RowTraits.Forwarded : RowTraits.None);
        AddressBits address = row.Source ?? default;
        var print = new RowPrint(row.HeaderFrom, address, address.BitLength, own?.Domain, own?.Selector, other, spf, traits);
        return _step == 0 ? print : Coarser(print);
    }

    // RFC 9990 section 3.1.1.8; sealed by ARC, which local_policy tells in its comment.
    private static bool IsForwarding(DmarcReportReason reason) =>
        reason.Type is "forwarded" or "trusted_forwarder" or "mailing_list"
        || (reason.Type == "local_policy" && reason.Comment?.IndexOf("arc=pass", StringComparison.OrdinalIgnoreCase) >= 0);
}

/// <summary>Whether a domain is the owner's: that of the policy, one below it, or one above it.</summary>
internal static class OwnDomain
{
    /// <summary>For a row alone, whose policy domain comes with the report: the two share what may be an Organizational Domain.</summary>
    public static bool MayBe(string domain, string headerFrom) =>
        IsSameOrBelow(domain, headerFrom) || IsSameOrBelow(headerFrom, domain) || string.Equals(LastTwo(domain), LastTwo(headerFrom), StringComparison.Ordinal);

    /// <summary>With the policy domain. A domain above it has to have two labels: nobody owns com.</summary>
    public static bool Is(string domain, string policyDomain) =>
        policyDomain.Length > 0 && (IsSameOrBelow(domain, policyDomain) || (domain.IndexOf('.') > 0 && IsSameOrBelow(policyDomain, domain)));

    public static bool IsSameOrBelow(string domain, string ancestor) =>
        domain.EndsWith(ancestor, StringComparison.Ordinal) && ancestor.Length > 0
        && (domain.Length == ancestor.Length || domain[domain.Length - ancestor.Length - 1] == '.');

    private static string LastTwo(string domain)
    {
        int dot = domain.LastIndexOf('.');
        int second = dot <= 0 ? -1 : domain.LastIndexOf('.', dot - 1);
        return domain.Substring(second + 1);
    }
}
