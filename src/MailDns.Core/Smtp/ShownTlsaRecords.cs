using System.Net;
using MailDns.Certificates;
using MailDns.Dane;

namespace MailDns.Smtp;

/// <summary>TLSA records of what a mail host shows, not of a file: every address is asked, since each may have a certificate of its own.</summary>
internal static class ShownTlsaRecords
{
    /// <summary>The records, one a certificate, and what is to be said of addresses that showed none or another one.</summary>
    /// <exception cref="SmtpException">No address showed a certificate that the record can be of.</exception>
    public static async Task<KeyValuePair<IReadOnlyList<TlsaRecord>, IReadOnlyList<string>>> ReadAsync(
        DomainName host,
        DomainName zone,
        TlsaRecordOptions options,
        TimeSpan timeToLive,
        SmtpAccess access,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await AddressesAsync(host, resolver, cancellationToken).ConfigureAwait(false);
        SmtpObservation[] seen = await Task.WhenAll(addresses.Select(address => access.ObserveAsync(host, address, options.Port, cancellationToken))).ConfigureAwait(false);
        var records = new List<TlsaRecord>();
        var notes = new List<string>();
        foreach (SmtpObservation observation in seen)
        {
            string place = host + " [" + observation.Address + "]";
            if (FaultOf(observation, options.Usage) is { } fault)
            {
                notes.Add(place + " shows no certificate for the record: " + fault + ".");
                continue;
            }

            TlsaRecord record = TlsaRecordBuilder.Create(host, zone, options.Of(TlsaCertificate.Read(Certificate(observation.Chain!, options.Usage)!.Encoded)), timeToLive);
            if (!records.Any(other => other.ToString() == record.ToString())) records.Add(record);
        }

        if (records.Count == 0)
            throw new SmtpException(SmtpFailureKind.Tls, "The TLSA record cannot be made. " + string.Join(" ", notes.Take(3)));

        if (records.Count > 1)
            notes.Add("The addresses of " + host + " show " + records.Count + " different certificates: publish a record for each.");

        return new KeyValuePair<IReadOnlyList<TlsaRecord>, IReadOnlyList<string>>(records, notes);
    }

    private static async Task<IPAddress[]> AddressesAsync(DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(host, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IPAddress[] addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.Address).Distinct().Take(SmtpStatusReader.MostAddresses).ToArray();
        return addresses.Length > 0
            ? addresses
            : throw new SmtpException(SmtpFailureKind.Unreachable, "The TLSA record cannot be made. " + (Array.Find(answers, answer => answer.IsFailure) is { } failure ? failure.FailureText : host + " has no address (" + answers[0].Describe() + ")."));
    }

    private static string? FaultOf(SmtpObservation seen, TlsaCertificateUsage usage) =>
        seen.Failure?.Message
        ?? (seen.Handshake is null ? SmtpTlsRules.FaultOf(seen) + (seen.TlsFault is { } said ? " (" + said + ")" : string.Empty)
        : seen.Chain is not { } chain ? "its certificate cannot be read"
        : Certificate(chain, usage) is null ? "it does not send the certificate of the authority that issued its own"
        : null);

    // Usages 0 and 2 are of an authority: the one that issued the server's certificate.
    private static CertificateData? Certificate(ShownChain chain, TlsaCertificateUsage usage) =>
        usage is TlsaCertificateUsage.CAConstraint or TlsaCertificateUsage.TrustAnchorAssertion ? chain.Issuer : chain.Leaf;
}
