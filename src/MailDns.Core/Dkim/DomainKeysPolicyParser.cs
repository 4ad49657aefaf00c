namespace MailDns.Dkim;

/// <summary>Reads a DomainKeys policy record: tags t, o, n, r, all optional (RFC 4870 section 3.6, Historic).</summary>
internal static class DomainKeysPolicyParser
{
    private const string Rule = "RFC 4870 section 3.6";

    /// <summary>The record, or the first fault of its text as an exception.</summary>
    /// <exception cref="RecordParseException">The text is no policy.</exception>
    public static DomainKeysPolicyRecord Parse(string text)
    {
        DomainKeysPolicyRecord record = Read(text, out IReadOnlyList<TextFault> faults);
        return faults.Count == 0
            ? record
            : throw new RecordParseException(faults[0].Message + ".", text, faults[0].Offset, faults[0].Length, faults[0].Rule);
    }

    /// <summary>Makes the best of any text, and lists its faults.</summary>
    public static DomainKeysPolicyRecord Read(string text, out IReadOnlyList<TextFault> faults)
    {
        var found = new List<TextFault>();
        var record = new DomainKeysPolicyRecord();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TagSpec tag in TagList.Split(text))
        {
            string? problem = !tag.HasEquals
                ? PrintableText.Quote(tag.Name) + " is not a tag=value"
                : names.Add(tag.Name) ? Take(tag, ref record) : "The tag " + PrintableText.Escape(tag.Name) + "= stands more than once";
            if (problem is not null)
                found.Add(new TextFault(DomainKeysChecks.PolicySyntax, problem, tag.Offset, tag.Length, Rule));
        }

        if (names.Count == 0 && found.Count == 0)
            found.Add(new TextFault(DomainKeysChecks.PolicySyntax, "The text is empty", 0, 0, Rule));

        faults = found;
        return record;
    }

    /// <summary>True for a text with a tag of the policy and none of a key.</summary>
    public static bool LooksLikePolicy(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        return tags.Any(tag => tag.HasEquals && tag.Name is "o" or "t" or "r") && !tags.Any(tag => tag.HasEquals && tag.Name is "p" or "v" or "k");
    }

    private static string? Take(TagSpec tag, ref DomainKeysPolicyRecord record)
    {
        switch (tag.Name)
        {
            case "o" when tag.Value is "-" or "~":
                record = record with { Outbound = tag.Value == "-" ? DomainKeysPolicy.SignsAll : DomainKeysPolicy.SignsSome };
                return null;
            case "t" when tag.Value == "y":
                record = record with { IsTesting = true };
                return null;
            case "n":
                record = record with { Note = tag.Value };
                return null;
            case "r" when tag.Value.Length > 0:
                record = record with { ReportAddress = tag.Value };
                return null;
            case "o":
                return "o=" + PrintableText.Escape(tag.Value) + " is not a policy; \"-\" and \"~\" are";
            case "t":
                return "t=" + PrintableText.Escape(tag.Value) + " is not a flag; y is";
            case "r":
                return "r= is empty";
            default:
                return "The tag " + PrintableText.Quote(tag.Name) + " is not known";
        }
    }
}
