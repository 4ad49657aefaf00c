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

internal struct RowCounts
{
    public long Messages;
    public long Passed;
    public long Dkim;
    public long Spf;
}

/// <summary>
/// Adds up the rows of one report. It holds no more than a bounded number of kinds of rows; beyond that, addresses are joined
/// into networks, first those of /24, then /16, then all. What rows have in common beside the address is held once.
/// </summary>
internal sealed class RowTally
{
    /// <summary>Most kinds of rows that are kept apart.</summary>
    internal const int MaxPrints = 400_000;

    private const int CollectEvery = 100_000;

    // Signers and domains, which are few unless somebody makes them up.
    private const int MaxTraits = 50_000;

    private static readonly (int IPv4, int IPv6)[] s_steps = { (32, 128), (24, 48), (16, 32), (0, 0) };
    private static readonly RowPrint s_others = new(string.Empty, default, 0, null, null, null, null, RowTraits.Unreadable);

    private readonly Dictionary<RowPrint, int> _kinds = new();
    private readonly List<RowPrint> _kindList = new();
    private Dictionary<Place, int> _places = new(PlaceComparer.Instance);
    private RowCounts[] _counts = new RowCounts[64];
    private int _step;
    private int _rows;

    /// <summary>How many kinds of rows there are.</summary>
    public int Count => _places.Count;

    /// <summary>The kinds of rows with their counts.</summary>
    public IEnumerable<KeyValuePair<RowPrint, RowCounts>> Counts => _places.Select(place => new KeyValuePair<RowPrint, RowCounts>(PrintOf(place.Key), _counts[place.Value]));

    /// <summary>True where addresses had to be joined into networks.</summary>
    public bool IsCoarse => _step > 0;

    public void Add(DmarcReportRow row)
    {
        // The collector lets garbage grow with the cache of the processor, on a server to hundreds of megabytes. Few reports
        // have so many rows.
        if (++_rows % CollectEvery == 0)
        {
            GC.Collect();
        }

        RowPrint kind = PrintOf(row);
        AddressBits address = row.Source ?? default;
        var counts = new RowCounts
        {
            Messages = row.Count,
            Passed = row.Passed ? row.Count : 0,
            Dkim = row.DkimAligned ? row.Count : 0,
            Spf = row.SpfAligned ? row.Count : 0,
        };
        Add(Coarser(new Place(address, address.BitLength, KindOf(kind))), counts);
        while (_places.Count > MaxPrints && _step < s_steps.Length - 1)
        {
            _step++;
            Dictionary<Place, int> finer = _places;
            RowCounts[] before = _counts;
            _places = new Dictionary<Place, int>(PlaceComparer.Instance);
            _counts = new RowCounts[64];
            foreach (KeyValuePair<Place, int> one in finer)
            {
                Add(Coarser(one.Key), before[one.Value]);
            }
        }
    }

    private void Add(in Place place, in RowCounts counts)
    {
        if (!_places.TryGetValue(place, out int index))
        {
            // What is left of a hostile report once even its networks were joined: it is counted, and not told apart.
            Place key = _places.Count <= MaxPrints || _step < s_steps.Length - 1 ? place : new Place(default, 0, KindOf(s_others));
            if (!_places.TryGetValue(key, out index))
            {
                index = _places.Count;
                _places.Add(key, index);
                if (index == _counts.Length)
                {
                    Array.Resize(ref _counts, index * 2);
                }
            }
        }

        ref RowCounts sum = ref _counts[index];
        sum.Messages += counts.Messages;
        sum.Passed += counts.Passed;
        sum.Dkim += counts.Dkim;
        sum.Spf += counts.Spf;
    }

    private int KindOf(in RowPrint kind)
    {
        if (_kinds.TryGetValue(kind, out int index))
        {
            return index;
        }

        if (_kindList.Count >= MaxTraits && kind != s_others)
        {
            return KindOf(s_others);
        }

        _kinds.Add(kind, _kindList.Count);
        _kindList.Add(kind);
        return _kindList.Count - 1;
    }

    private Place Coarser(in Place place)
    {
        if (_step == 0)
        {
            return place;
        }

        int length = place.Address.IsIPv6 ? s_steps[_step].IPv6 : s_steps[_step].IPv4;
        return length >= place.PrefixLength ? place : new Place(place.Address.Network(length), length, place.Kind);
    }

    private RowPrint PrintOf(in Place place) => _kindList[place.Kind] with { Address = place.Address, PrefixLength = place.PrefixLength };

    private static RowPrint PrintOf(DmarcReportRow row)
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
        return new RowPrint(row.HeaderFrom, default, 0, own?.Domain, own?.Selector, other, spf, traits);
    }

    // RFC 9990 section 3.1.1.8; sealed by ARC, which local_policy tells in its comment.
    private static bool IsForwarding(DmarcReportReason reason) =>
        reason.Type is "forwarded" or "trusted_forwarder" or "mailing_list"
        || (reason.Type == "local_policy" && reason.Comment?.IndexOf("arc=pass", StringComparison.OrdinalIgnoreCase) >= 0);

    private readonly struct Place(AddressBits address, int prefixLength, int kind)
    {
        public readonly AddressBits Address = address;
        public readonly int PrefixLength = prefixLength;
        public readonly int Kind = kind;
    }

    private sealed class PlaceComparer : IEqualityComparer<Place>
    {
        public static readonly PlaceComparer Instance = new();

        public bool Equals(Place x, Place y) => x.Kind == y.Kind && x.PrefixLength == y.PrefixLength && x.Address.Equals(y.Address);

        public int GetHashCode(Place obj)
        {
            ulong mixed = unchecked((obj.Address.Low ^ (obj.Address.High * 31) ^ ((ulong)(uint)obj.Kind << 33)) * 0x9E3779B97F4A7C15);
            return (int)(mixed >> 32);
        }
    }
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
