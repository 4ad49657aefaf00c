using MailDns.ReverseDns;

namespace MailDns.Sending;

/// <summary>The names that mail servers say in HELO have to have an address (RFC 5321 sections 2.3.5 and 4.1.1.1).</summary>
internal static class HeloRules
{
    /// <summary>One result for each name; with none the check has nothing to look at.</summary>
    public static async Task<IReadOnlyList<CheckResult>> JudgeAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(request.Domain.Text);
        if (request.HeloNames.Count == 0)
            sheet.NotApplicable(ReverseDnsChecks.HeloUnresolved, "No HELO name is given (-HeloName).");

        DnsResponse[][] answers = await Task.WhenAll(request.HeloNames.Select(name => Task.WhenAll(
            resolver.QueryAsync(name, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(name, DnsRecordType.Aaaa, cancellationToken)))).ConfigureAwait(false);
        for (int i = 0; i < answers.Length; i++)
            Judge(request.HeloNames[i], answers[i], request, sheet);

        return sheet.Results;
    }

    private static void Judge(DomainName name, DnsResponse[] answers, SendingDomainRequest request, CheckSheet sheet)
    {
        if (answers.Any(answer => answer.Data<AddressData>().Any()))
        {
            sheet.Pass(ReverseDnsChecks.HeloUnresolved);
        }
        else if (answers.FirstOrDefault(answer => answer.IsFailure) is { } failure)
        {
            sheet.Unknown(ReverseDnsChecks.HeloUnresolved, failure);
        }
        else
        {
            sheet.Report(
                ReverseDnsChecks.HeloUnresolved.With(name, answers[0].Describe()),
                expected: null,
                actual: null,
                recommendation: null,
                Fix(name, answers, request));
        }
    }

    // Which server says the name is known only where there is one name and one address.
    private static ResourceRecord[] Fix(DomainName name, DnsResponse[] answers, SendingDomainRequest request) =>
        request.HeloNames.Count == 1 && request.Addresses.Count == 1 && name.IsSameOrBelow(request.Domain) && !answers.Any(answer => answer.IsAliased)
            ? new[] { AddressRecords.Create(name, request.Domain, request.Addresses[0]) }
            : System.Array.Empty<ResourceRecord>();
}
