namespace MailDns.Spf;

/// <summary>
/// Adds mechanisms to a record and removes them. What is not touched keeps its place, its qualifier and its spelling.
/// Doing the same twice changes nothing the second time.
/// </summary>
internal sealed class SpfEditor(SpfRecord record, DomainName? domain)
{
    private readonly SpfRecord _before = record;
    private readonly List<string> _terms = record.Terms.Select(static term => term.Text).ToList();
    private readonly List<SpfTerm> _parsed = record.Terms.ToList();
    private readonly List<string> _done = new();
    private readonly List<string> _notes = new();

    /// <summary>Adds mechanisms that pass, each before all and redirect and behind everything that does not pass.</summary>
    /// <param name="record">The record.</param>
    /// <param name="domain">Its domain, so that a bare a is known to be the a of the domain; may be unknown.</param>
    /// <param name="additions">What to add.</param>
    /// <exception cref="SpfRefusalException">An added term would have no effect, since one that stays denies the same.</exception>
    public static SpfEdit Add(SpfRecord record, DomainName? domain, IReadOnlyList<SpfDirective> additions)
    {
        var editor = new SpfEditor(record, domain);
        foreach (SpfDirective addition in additions)
            editor.Add(addition);

        return editor.Finish();
    }

    /// <summary>Removes every directive with one of the mechanisms, whatever its qualifier.</summary>
    public static SpfEdit Remove(SpfRecord record, DomainName? domain, IReadOnlyList<SpfDirective> removals)
    {
        var editor = new SpfEditor(record, domain);
        foreach (SpfDirective removal in removals)
            editor.Remove(removal);

        return editor.Finish();
    }

    private SpfEdit Finish() => new(_before, _done.Count == 0 ? _before : SpfRecord.OfTexts(_terms), _done, _notes);

    private int IndexOfAll => _parsed.FindIndex(static term => term is SpfDirective { Mechanism: SpfMechanism.All });

    private void Add(SpfDirective addition)
    {
        if (domain is not null && addition.Mechanism == SpfMechanism.Include && addition.DomainSpec!.CanonicalDomain == domain.Text)
            throw new SpfRefusalException(PrintableText.Quote(addition.Text) + " leads back to " + domain + " itself, which never ends.");

        int all = IndexOfAll;
        int end = all < 0 ? _parsed.Count : all;
        if (IsThere(addition, end) || (addition.IsNetwork && IsCovered(addition, end))) return;

        // A copy behind all says nothing; it moves to where it does.
        for (int i = _parsed.Count - 1; i > end; i--)
        {
            if (Same(_parsed[i], addition)) RemoveAt(i);
        }

        int index = PlaceOf(addition, end);
        _parsed.Insert(index, addition);
        _terms.Insert(index, addition.Text);
        _done.Add(addition.Text);
    }

    private bool IsThere(SpfDirective addition, int end)
    {
        SpfTerm? twin = _parsed.Take(end).FirstOrDefault(term => Same(term, addition));
        if (twin is not SpfDirective directive) return false;

        if (directive.Qualifier != SpfQualifier.Pass)
        {
            throw new SpfRefusalException(
                "The record has " + PrintableText.Quote(directive.Text) + " already, which gives the same servers " + directive.Qualifier
                + ": adding " + PrintableText.Quote(addition.Text) + " would change nothing. Remove that term first.");
        }

        _notes.Add(PrintableText.Quote(directive.Text) + " is there already.");
        return true;
    }

    // True when ip4 and ip6 terms already pass all of the network; refuses when one of them denies a part of it.
    private bool IsCovered(SpfDirective addition, int end)
    {
        AddressSet rest = NetworkOf(addition);
        var passing = new List<string>();
        foreach (SpfDirective directive in _parsed.Take(end).OfType<SpfDirective>().Where(static directive => directive.IsNetwork))
        {
            AddressSet network = NetworkOf(directive);
            if (!network.Overlaps(rest)) continue;

            if (directive.Qualifier != SpfQualifier.Pass)
            {
                throw new SpfRefusalException(
                    "The record has " + PrintableText.Quote(directive.Text) + ", which gives " + directive.Qualifier + " to "
                    + network.Intersect(rest).ToBlocks()[0] + " before " + PrintableText.Quote(addition.Text) + " can pass it. Remove that term first.");
            }

            passing.Add(PrintableText.Quote(directive.Text));
            rest = rest.Subtract(network);
        }

        if (rest.IsEmpty)
            _notes.Add(PrintableText.Quote(addition.Text) + " is covered already by " + string.Join(", ", passing) + ".");

        return rest.IsEmpty;
    }

    // Behind the last term of its kind, so that kinds stay together; but never ahead of a term that denies.
    private int PlaceOf(SpfDirective addition, int end)
    {
        int place = -1;
        for (int i = 0; i < end; i++)
        {
            if (_parsed[i] is SpfDirective directive && (directive.Mechanism == addition.Mechanism || directive.Qualifier != SpfQualifier.Pass))
                place = i + 1;
        }

        if (place >= 0) return place;
        if (end < _parsed.Count) return end;

        return _parsed.FindLastIndex(static term => term is SpfDirective) + 1;
    }

    private void Remove(SpfDirective removal)
    {
        bool found = false;
        for (int i = _parsed.Count - 1; i >= 0; i--)
        {
            if (Same(_parsed[i], removal))
            {
                found = true;
                _done.Add(_terms[i]);
                RemoveAt(i);
            }
        }

        if (!found) _notes.Add(PrintableText.Quote(removal.Text) + " is not in the record.");
        if (removal.IsNetwork) NoteStillPassed(removal);
    }

    private void NoteStillPassed(SpfDirective removal)
    {
        AddressSet network = NetworkOf(removal);
        SpfDirective? wider = _parsed
            .OfType<SpfDirective>()
            .FirstOrDefault(directive => directive.IsNetwork && directive.Qualifier == SpfQualifier.Pass && NetworkOf(directive).Overlaps(network));
        if (wider is not null)
            _notes.Add(PrintableText.Quote(wider.Text) + " still passes " + NetworkOf(wider).Intersect(network).ToBlocks()[0] + ".");
    }

    private void RemoveAt(int index)
    {
        _parsed.RemoveAt(index);
        _terms.RemoveAt(index);
    }

    // The same mechanism with the same argument; qualifiers do not count.
    private bool Same(SpfTerm term, SpfDirective other)
    {
        if (term is not SpfDirective directive || directive.Mechanism != other.Mechanism) return false;

        return directive.IsNetwork
            ? NetworkOf(directive).Equals(NetworkOf(other))
            : directive.IPv4PrefixLength == other.IPv4PrefixLength
                && directive.IPv6PrefixLength == other.IPv6PrefixLength
                && string.Equals(TargetOf(directive), TargetOf(other), System.StringComparison.Ordinal);
    }

    private string TargetOf(SpfDirective directive) => directive.DomainSpec?.CanonicalDomain ?? domain?.Text ?? string.Empty;

    private static AddressSet NetworkOf(SpfDirective directive) =>
        AddressSet.Of(AddressBlock.Create(directive.NetworkBits, directive.PrefixLength));
}
