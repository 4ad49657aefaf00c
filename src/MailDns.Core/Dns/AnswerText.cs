namespace MailDns.Dns;

/// <summary>What an answer says of one zone's names, as a text: equal texts are equal answers.</summary>
internal static class AnswerText
{
    /// <summary>
    /// The records of names in the scope, in a fixed order: the order of a set means nothing (RFC 2181 section 5), nor do
    /// times to live, which resolvers count down. Names compare without case; a TXT record by its strings joined.
    /// Targets outside the scope are other people's and may differ from place to place.
    /// </summary>
    public static string Of(DnsResponse response, DomainName scope)
    {
        if (response.IsFailure) return response.Describe();

        string[] records = response.Records
            .Where(record => record.Owner.IsSameOrBelow(scope))
            .Select(record => Describe(record, response.Question))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(text => text, StringComparer.Ordinal)
            .ToArray();
        return records.Length > 0 ? string.Join(", ", records) : response.Describe();
    }

    /// <summary>The data of a record: equal texts are equal data.</summary>
    public static string OfData(RecordData data) => data.ToString()!;

    private static string Describe(DnsRecord record, DnsQuestion question)
    {
        string text = record.Type == question.Type ? OfData(record.Data) : DnsRecordTypes.Mnemonic(record.Type) + " " + record.Data;
        return record.Owner.Equals(question.Name) ? text : record.Owner + " " + text;
    }
}
