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

    // Signers and domains, which are few unless somebody makes them up.
    private const int MaxTraits = 50_000;
    private static readonly (int IPv4, int IPv6)[] s_steps = { (32, 128), (24, 48), (16, 32), (0, 0) };
    private static readonly RowPrint s_others = new(string.Empty, default, 0, null, null, null, null, RowTraits.Unreadable);
    private readonly Dictionary<RowPrint, int> _kinds = new();
    private readonly List<RowPrint> _kindList = new();
    private readonly KnownRow[] _known = new KnownRow[KnownRow.Count];
    private PlaceTable _places = new();
    private int _step;

    /// <summary>How many kinds of rows there are.</summary>
    public int Count => _places.Count;

    /// <summary>The kinds of rows with their counts.</summary>
    public IEnumerable<KeyValuePair<RowPrint, RowCounts>> Counts =>
        Enumerable.Range(0, _places.Count).Select(index => new KeyValuePair<RowPrint, RowCounts>(PrintOf(_places[index].Place), _places[index].Counts));

    /// <summary>True where addresses had to be joined into networks.</summary>
    public bool IsCoarse => _step > 0;

    public void Add(DmarcReportRow row)
    {
        AddressBits address = row.Source ?? default;
        var counts = new RowCounts
        {
            Messages = row.Count,
            Passed = row.Passed ? row.Count : 0,
            Dkim = row.DkimAligned ? row.Count : 0,
            Spf = row.SpfAligned ? row.Count : 0,
        };
        Add(Coarser(new Place(address, address.BitLength, KindOf(row))), counts);
        while (_places.Count > MaxPrints && _step < s_steps.Length - 1)
        {
            _step++;
            PlaceTable finer = _places;
            _places = new PlaceTable();
            for (int i = 0; i < finer.Count; i++)
                Add(Coarser(finer[i].Place), finer[i].Counts);
        }
    }

    private void Add(in Place place, RowCounts counts)
    {
        // What is left of a hostile report once even its networks were joined: it is counted, and not told apart.
        bool isFull = _places.Count > MaxPrints && _step == s_steps.Length - 1 && !_places.Has(place);
        ref RowCounts sum = ref _places.Get(isFull ? new Place(default, 0, KindOf(s_others)) : place);
        sum.Messages += counts.Messages;
        sum.Passed += counts.Passed;
        sum.Dkim += counts.Dkim;
        sum.Spf += counts.Spf;
    }

    // Most rows say what another has said: then their texts and lists are the same objects.
    private int KindOf(DmarcReportRow row)
    {
        if (row.Reasons.Length > 0) return KindOf(PrintOf(row));

        var known = new KnownRow(row);
        ref KnownRow place = ref _known[known.Slot];
        if (!place.IsLike(known)) place = known with { Kind = KindOf(PrintOf(row)) };

        return place.Kind;
    }

    private int KindOf(in RowPrint kind)
    {
        if (_kinds.TryGetValue(kind, out int index)) return index;
        if (_kindList.Count >= MaxTraits && kind != s_others) return KindOf(s_others);

        _kinds.Add(kind, _kindList.Count);
        _kindList.Add(kind);
        return _kindList.Count - 1;
    }

    private Place Coarser(in Place place)
    {
        if (_step == 0) return place;

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
                    own ??= signature;
                else
                    other ??= signature.Domain;
            }

            hasTemporaryError |= signature.Result == "temperror";
        }

        string? spf = null;
        foreach (DmarcReportSpf result in row.Spf)
        {
            if (result.Result == "pass" && result.Domain.Length > 0 && (spf is null || result.Scope != "helo"))
                spf = result.Domain;

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

    /// <summary>What of a row decides its kind, told by the objects; the same texts in other objects are only looked up again.</summary>
    private readonly record struct KnownRow(string HeaderFrom, DmarcReportDkim[] Dkim, DmarcReportSpf[] Spf, bool IsRead, bool Passed, int Kind)
    {
        public const int Count = 256;

        public KnownRow(DmarcReportRow row)
            : this(row.HeaderFrom, row.Dkim, row.Spf, row.Source is not null, row.Passed, 0)
        {
        }

        public int Slot => unchecked(
            (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(HeaderFrom) * 31)
            + (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Dkim) * 17)
            + (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Spf) * 5)
            + (IsRead ? 1 : 0) + (Passed ? 2 : 0)) & (Count - 1);

        public bool IsLike(in KnownRow other) =>
            ReferenceEquals(HeaderFrom, other.HeaderFrom) && ReferenceEquals(Dkim, other.Dkim) && ReferenceEquals(Spf, other.Spf) && IsRead == other.IsRead && Passed == other.Passed;
    }
}

/// <summary>An address or network, and the kind of rows from there.</summary>
internal readonly record struct Place(AddressBits Address, int PrefixLength, int Kind)
{
    public int Hash() => (int)(unchecked((Address.Low ^ (Address.High * 31) ^ ((ulong)(uint)Kind << 33)) * 0x9E3779B97F4A7C15) >> 32);
}

/// <summary>
/// The counts of places. It grows by pieces that stay where they are: a table that doubles leaves its old halves behind as
/// garbage among the large objects, which is collected late, and they add up to as much again as the table.
/// </summary>
internal sealed class PlaceTable
{
    // A piece is 18 KB: most reports need one, and it is no large object, as it would be from 85,000 octets on.
    private const int PieceBits = 8;
    private const int PieceSize = 1 << PieceBits;
    private readonly List<Entry[]> _pieces = new();
    private int[] _first = new int[PieceSize];

    public int Count { get; private set; }

    public ref readonly Entry this[int index] => ref At(index);

    public bool Has(in Place place) => Find(place) >= 0;

    /// <summary>The counts of the place, which are zero where it is new.</summary>
    public ref RowCounts Get(in Place place)
    {
        int index = Find(place);
        if (index < 0)
        {
            index = Count++;
            if (index >> PieceBits == _pieces.Count) _pieces.Add(new Entry[PieceSize]);

            if (index == _first.Length)
            {
                _first = new int[index * 4];
                for (int i = 0; i < index; i++)
                    Link(ref At(i), i);
            }

            ref Entry entry = ref At(index);
            entry.Place = place;
            Link(ref entry, index);
        }

        return ref At(index).Counts;
    }

    private int Find(in Place place)
    {
        int index = _first[place.Hash() & (_first.Length - 1)] - 1;
        while (index >= 0)
        {
            ref Entry entry = ref At(index);
            if (entry.Place.Equals(place)) return index;

            index = entry.Next;
        }

        return -1;
    }

    private void Link(ref Entry entry, int index)
    {
        ref int first = ref _first[entry.Place.Hash() & (_first.Length - 1)];
        entry.Next = first - 1;
        first = index + 1;
    }

    private ref Entry At(int index) => ref _pieces[index >> PieceBits][index & (PieceSize - 1)];

    public struct Entry
    {
        public Place Place;
        public RowCounts Counts;
        public int Next;
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
