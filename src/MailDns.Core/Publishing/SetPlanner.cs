namespace MailDns.Publishing;

/// <summary>Plans sets of one type other than TXT: CNAME, MX, A, AAAA, NS, TLSA, CAA.</summary>
internal sealed class SetPlanner(RecordPlanOptions options)
{
    private readonly RecordPlanOptions _options = options;

    public IEnumerable<RecordChange> Plan(RecordSetState set, ResourceRecord[] wanted, string note)
    {
        ResourceRecord[] others = set.Records.Where(record => !RecordEquality.Contains(wanted, record)).ToArray();
        ResourceRecord[] missing = wanted.Where(record => !RecordEquality.Contains(set.Records, record)).ToArray();
        if (set.Type == DnsRecordType.Cname) return PlanAlias(set, wanted, others, note);

        if (set.Type == DnsRecordType.Mx && others.Length > 0 && wanted.Length == 1 && IsNullMx(wanted[0]))
            return new[] { Close(set, wanted[0], missing.Length > 0, others) };

        if (missing.Length > 0 && others.Length > 0 && !_options.Prune && Objection(set, wanted, others) is { } objection)
        {
            return wanted.Select(record => new RecordChange(RecordAction.Conflict, set, record.Purpose, others, new[] { record }, objection) { Wanted = record }).ToArray();
        }

        return PlanSet(set, wanted, missing, others, note);
    }

    private static bool IsNullMx(ResourceRecord record) => record is MxRecord mx && mx.ExchangeName.IsRoot;

    // A null MX must be the only MX record (RFC 7505 section 3): who wants it wants the others to go.
    private static RecordChange Close(RecordSetState set, ResourceRecord wanted, bool isMissing, ResourceRecord[] others) => new(
        isMissing ? RecordAction.Replace : RecordAction.Remove,
        set,
        wanted.Purpose,
        others,
        isMissing ? new[] { RecordFactory.WithTtl(wanted, others[0].Ttl) } : Array.Empty<ResourceRecord>(),
        "A null MX must be the only MX record (RFC 7505 section 3).",
        "No mail is delivered to " + set.Owner + " any more.")
    {
        Wanted = wanted,
    };

    private static IEnumerable<RecordChange> PlanAlias(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] others, string note)
    {
        ResourceRecord alias = wanted[0];
        if (wanted.Length > 1)
        {
            yield return new RecordChange(RecordAction.Conflict, set, alias.Purpose, set.Records.ToArray(), wanted, "Among the wanted records, " + set.Owner + " has " + wanted.Length + " CNAME records; a name has one (RFC 2181 section 10.1).") { Wanted = alias };
        }
        else if (others.Length > 0)
        {
            yield return new RecordChange(
                RecordAction.Replace,
                set,
                alias.Purpose,
                others,
                new[] { RecordFactory.WithTtl(alias, others[0].Ttl) },
                "The alias leads to " + RecordChange.Describe(others) + " now.") { Wanted = alias };
        }
        else
        {
            yield return set.Records.Count > 0
                ? Keep(set, alias, set.Records[0])
                : new RecordChange(RecordAction.Add, set, alias.Purpose, Array.Empty<ResourceRecord>(), wanted, ("The name has no records. " + note).TrimEnd()) { Wanted = alias };
        }
    }

    private IEnumerable<RecordChange> PlanSet(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] missing, ResourceRecord[] others, string note)
    {
        uint? ttl = set.Records.Count > 0 ? set.Records[0].Ttl : null;
        string beside = others.Length == 0 ? string.Empty : _options.Prune ? string.Empty : " Beside it stays " + RecordChange.Describe(others) + ".";
        foreach (ResourceRecord record in wanted)
        {
            yield return missing.Contains(record)
                ? new RecordChange(
                    RecordAction.Add,
                    set,
                    record.Purpose,
                    Array.Empty<ResourceRecord>(),
                    new[] { RecordFactory.WithTtl(record, ttl ?? record.Ttl) },
                    ("It is not there." + beside + " " + note).TrimEnd()) { Wanted = record }
                : Keep(set, record, set.Records.First(present => RecordEquality.IsSameData(present, record)), beside);
        }

        if (_options.Prune && others.Length > 0)
        {
            yield return new RecordChange(RecordAction.Remove, set, wanted[0].Purpose, others, Array.Empty<ResourceRecord>(), "Not among the wanted records of that name and type (-Prune).");
        }
    }

    /// <summary>Where adding beside what is there would change what that means.</summary>
    private static string? Objection(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] others)
    {
        if (set.Type == DnsRecordType.Ns)
        {
            return set.Owner + " is delegated to " + RecordChange.Describe(others) + "; half the queries would go there still. Compare with -Prune to replace the delegation.";
        }

        return set.Type == DnsRecordType.Mx && wanted.Concat(others).Any(IsNullMx)
            ? "A null MX must be the only MX record (RFC 7505 section 3), and " + set.Owner + " has " + RecordChange.Describe(others) + ". Compare with -Prune to replace it."
            : null;
    }

    public static RecordChange Keep(RecordSetState set, ResourceRecord wanted, ResourceRecord present, string note = "")
    {
        string ttl = present.Ttl == wanted.Ttl ? string.Empty : " Its time to live was read as " + present.Ttl + " s, not " + wanted.Ttl + " s, and stays.";
        string spelling = RecordEquality.IsSameData(present, wanted) ? "It is there." : "What is there says the same.";
        return new RecordChange(RecordAction.Keep, set, wanted.Purpose, new[] { present }, new[] { present }, spelling + ttl + note) { Wanted = wanted };
    }
}
