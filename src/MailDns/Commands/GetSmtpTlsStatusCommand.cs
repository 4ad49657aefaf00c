using MailDns.Adapters;
using MailDns.Dane;
using MailDns.Https;
using MailDns.MtaSts;
using MailDns.Sending;
using MailDns.Smtp;

namespace MailDns.Commands;

/// <summary>Connects to the mail hosts of a domain and judges what they show: STARTTLS, TLS, certificate, MTA-STS and DANE.</summary>
/// <remarks>
/// Gives one object for each address of each mail exchanger. The conversation is greeting, EHLO, STARTTLS, the TLS handshake and QUIT;
/// nothing else is ever sent, so no mail can come of it. Any certificate is accepted, so that it can be looked at: it is then compared
/// with the host's name and dates, with the authorities that this machine trusts, with the TLSA records (which of them match the chain
/// as it was sent) and, with -IncludeHttps, with the MTA-STS policy. A host that knows only TLS 1.0 or 1.1 is asked once more to find
/// that out. Most office networks block outgoing port 25: where no host of a domain can be reached, that is one result, Unknown. Certificates are not
/// looked up for revocation. On Windows PowerShell 5.1 the system may complete a chain by itself, so a missing intermediate certificate may not show there.
/// </remarks>
/// <example>
/// <code>Get-SmtpTlsStatus contoso.com -IncludeHttps -Server 127.0.0.1</code>
/// <para>Every mail exchanger against the MTA-STS policy and its TLSA records, looked up by a validating resolver on this machine.</para>
/// </example>
/// <example>
/// <code>Get-SmtpTlsStatus -HostName mx1.contoso.com | Select-Object -ExpandProperty Certificate</code>
/// <para>The certificate that one host shows.</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | Get-SmtpTlsStatus | Where-Object { $_.Certificate.NotAfter -lt (Get-Date).AddDays(21) }</code>
/// <para>Hosts whose certificate ends within three weeks.</para>
/// </example>
/// <example>
/// <code>(Get-SmtpTlsStatus contoso.com).Findings | Select-Object -ExpandProperty Record</code>
/// <para>The TLSA records that match what the hosts show, where the published ones do not.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SmtpTlsStatus", DefaultParameterSetName = ByDomain)]
[OutputType(typeof(SmtpTlsStatus))]
public sealed class GetSmtpTlsStatusCommand : ReaderCommand
{
    private const string ByDomain = "Domain";
    private const string ByHost = "HostName";
    private SmtpAccess? _access;

    /// <summary>
    /// One or more domains, in Unicode or as A-labels: their mail exchangers are connected to. Also from an object's Domain, DomainName,
    /// ZoneName, Name or Id.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDomain)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByHost)]
    [Alias("DomainName", "ZoneName", "Name", "Id")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>Hosts to connect to. With -Domain relative to it or in full, in place of its mail exchangers; alone in full, and then no MTA-STS policy is looked at.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByHost)]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = Array.Empty<string>();

    /// <summary>The port; default 25, where mail exchangers listen. TLSA records are then those of that port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = TlsaRecordBuilder.SmtpPort;

    /// <summary>Also fetches the domain's MTA-STS policy over HTTPS, and judges the hosts by it.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>Also connects to, and fetches from, addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>Seconds that the conversation with one address may take; default 30. Some servers let strangers wait before they greet.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int ConversationTimeoutSec { get; set; } = 30;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _access = AdapterFactory.CreateSmtpAccess(AllowPrivateAddress, TimeSpan.FromSeconds(ConversationTimeoutSec));
    }

    protected override void ProcessRecord()
    {
        bool isHostOnly = Domain.Length == 0;
        string[] names = isHostOnly ? HostName : Domain;
        if (!MyInvocation.ExpectingInput) Expect(names.Length);

        foreach (string text in names)
        {
            try
            {
                var name = DomainName.Parse(text);
                DomainName[] hosts = isHostOnly ? new[] { name } : HostName.Select(host => HostNames.Resolve(host, name)).ToArray();
                Enqueue(text, (resolver, token) => ReadAsync(name, hosts, hasPolicy: !isHostOnly, resolver, token));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                Refuse(ErrorRecords.From(exception, text));
            }
        }
    }

    private async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, DomainName[] hosts, bool hasPolicy, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        MtaStsStatus? mtaSts = hasPolicy
            ? await MtaStsStatusReader.ReadAsync(domain, resolver, IncludeHttps ? new HttpsAccess(HttpsFetcher.For(resolver), AllowPrivateAddress) : null, cancellationToken).ConfigureAwait(false)
            : null;
        var request = new SmtpRequest(domain) { Hosts = hosts, Port = Port, MtaSts = mtaSts };
        return await SmtpStatusReader.ReadAsync(request, _access!, resolver, cancellationToken).ConfigureAwait(false);
    }
}
