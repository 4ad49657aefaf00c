using MailDns.Caa;
using MailDns.Https;

namespace MailDns.Sending;

/// <summary>Whether a tracking host has a certificate, and whether CAA lets anybody issue one.</summary>
internal sealed class TrackingTlsRules(DomainName host, IDnsResolver resolver, HttpsAccess? https, CheckSheet sheet)
{
    private const int MaxBytes = 64 * 1024;

    private readonly DomainName _host = host;
    private readonly IDnsResolver _resolver = resolver;
    private readonly HttpsAccess? _https = https;
    private readonly CheckSheet _sheet = sheet;

    /// <summary>Judges a host of which the addresses are known.</summary>
    public async Task ApplyAsync(IReadOnlyList<DnsResponse> addresses, CancellationToken cancellationToken)
    {
        if (!addresses.Any(answer => answer.Data<AddressData>().Any()))
        {
            NoAddress(addresses.FirstOrDefault(answer => answer.IsFailure && answer.Status != DnsResponseStatus.AliasLoop));
            return;
        }

        CaaSet set = await CaaSet.FindAsync(_host, _resolver, cancellationToken).ConfigureAwait(false);
        CaaRules.ApplyPermission(TrackingChecks.Caa, set, CaaProperty.Issue, "for the tracking host " + _host, _sheet);
        if (_https is null)
        {
            _sheet.NotApplicable(TrackingChecks.Tls, "Needs -IncludeHttps.");
            return;
        }

        HttpsResponse response = await _https.FetchAsync(new Uri("https://" + _host.Text + "/", UriKind.Absolute), MaxBytes, cancellationToken).ConfigureAwait(false);
        Judge(response);
    }

    private void NoAddress(DnsResponse? failure)
    {
        if (_https is null) _sheet.NotApplicable(TrackingChecks.Tls, "Needs -IncludeHttps.");

        CheckDefinition[] checks = { TrackingChecks.Caa, TrackingChecks.Tls };
        if (failure is not null) _sheet.CompleteUnknown(checks, failure);

        _sheet.CompleteNotApplicable(checks, _host + " has no address.");
    }

    // Whatever the host says of "/", it said it after a handshake with a valid certificate.
    private void Judge(HttpsResponse response)
    {
        _sheet.Found(TrackingChecks.Tls, actual: null, response.CertificateDaysLeft);
        switch (response.Status)
        {
            case HttpsStatus.Ok or HttpsStatus.HttpError or HttpsStatus.Redirect or HttpsStatus.TooLarge or HttpsStatus.ProtocolError:
                _sheet.Pass(TrackingChecks.Tls);
                break;
            case HttpsStatus.TlsFailed:
                _sheet.Report(TrackingChecks.Tls.With(_host, response.Detail));
                break;
            default:
                _sheet.Unknown(TrackingChecks.Tls, "https://" + _host + " was not reached: " + response.Detail + ".");
                break;
        }
    }
}
