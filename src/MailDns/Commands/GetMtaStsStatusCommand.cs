using MailDns.Https;
using MailDns.MtaSts;

namespace MailDns.Commands;

/// <summary>Reads what a domain announces by MTA-STS and judges it (RFC 8461).</summary>
/// <remarks>
/// Reads the TXT record, whether the policy's host has an address, and whether TLS reports are asked for. With -IncludeHttps it fetches the
/// policy as senders do, from that host alone, without following a redirect, and compares it with the domain's mail exchangers. A failed lookup is
/// Unknown, never missing.
/// </remarks>
/// <example>
/// <code>Get-MtaStsStatus contoso.com -IncludeHttps</code>
/// <para>Record, policy and findings.</para>
/// </example>
/// <example>
/// <code>Get-MtaStsStatus example.com -ZoneFile ./examples/zones/example.com.zone</code>
/// <para>The record from a zone file, without a network.</para>
/// </example>
/// <example>
/// <code>Get-AcceptedDomain | Get-MtaStsStatus -IncludeHttps | Where-Object Mode -ne Enforce</code>
/// <para>Domains of an Exchange organization that are not enforced.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "MtaStsStatus")]
[OutputType(typeof(MtaStsStatus))]
public sealed class GetMtaStsStatusCommand : DomainReaderCommand
{
    /// <summary>Also fetches the policy over HTTPS and judges it. Its host is looked up as the record is.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetches from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        HttpsAccess? https = IncludeHttps ? new HttpsAccess(HttpsFetcher.For(resolver), AllowPrivateAddress) : null;
        return new object[] { await MtaStsStatusReader.ReadAsync(domain, resolver, https, cancellationToken).ConfigureAwait(false) };
    }
}
