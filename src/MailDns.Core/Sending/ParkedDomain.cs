using MailDns.Mx;

namespace MailDns.Sending;

/// <summary>Whether a domain sends mail: what the user says, else what its own records say.</summary>
internal sealed class ParkedDomain
{
    private ParkedDomain(bool isParked, string? sendsBecause)
    {
        IsParked = isParked;
        SendsBecause = sendsBecause;
    }

    /// <summary>True where the domain sends no mail.</summary>
    public bool IsParked { get; }

    /// <summary>How it is known that the domain sends, as the end of a sentence; null where it is not known.</summary>
    public string? SendsBecause { get; }

    /// <summary>
    /// Parked: the user says so, or the domain has a null MX (RFC 7505) and one SPF record that authorises nobody, and nobody
    /// names a sender. A failed lookup proves neither.
    /// </summary>
    public static async Task<ParkedDomain> ReadAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (request.IsParked) return new ParkedDomain(isParked: true, sendsBecause: null);

        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(request.Domain, DnsRecordType.Mx, cancellationToken),
            resolver.QueryTxtAsync(request.Domain, cancellationToken)).ConfigureAwait(false);
        string[] spf = answers[1].Texts.Where(SpfParser.IsSpfRecord).ToArray();
        bool deniesAll = spf.Length == 1 && DeniesAll(spf[0]);
        string? because = NamedSender(request) ?? (spf.Length == 1 && !deniesAll ? "its SPF record authorises senders" : null);
        return new ParkedDomain(because is null && deniesAll && MxStatusReader.IsNullMx(answers[0]), because);
    }

    /// <summary>True for "v=spf1 -all" in any spelling: a fail for everybody, and nothing before it.</summary>
    public static bool DeniesAll(string text) =>
        SpfParser.TryParse(text, out SpfRecord? record, out _)
        && record!.Directives.FirstOrDefault() is { Mechanism: SpfMechanism.All, Qualifier: SpfQualifier.Fail };

    private static string? NamedSender(SendingDomainRequest request) =>
        request.Providers.Count > 0 ? "it is said to send through " + Text.PrintableText.Escape(request.Providers[0].Name)
        : request.BounceHost is not null || request.Selectors.Count > 0 || request.HeloNames.Count > 0 || request.Addresses.Count > 0 ? "it is said to send mail"
        : null;
}
