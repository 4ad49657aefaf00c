using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Reads and checks the DNS records of a bounce host, the domain of the Return-Path.</summary>
/// <remarks>
/// Follows aliases to the SPF and MX records that apply to the host. Without an SPF record the result for MAIL FROM is none (RFC
/// 7208 section 2.4); without an MX record bounces are lost (RFC 5321 section 5.1). Also shows whether the host can align with
/// the From domain (RFC 9989 section 4.10.2). If a lookup fails, the result is Unknown.
/// </remarks>
/// <example>
/// <code>Get-BounceStatus example.com -Provider altcraft</code>
/// <para>ac-bounces.example.com against what Altcraft asks for.</para>
/// </example>
/// <example>
/// <code>Get-BounceStatus example.com -HostName bounces -Target sparkpostmail.com</code>
/// <para>bounces.example.com against one target.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "BounceStatus")]
[OutputType(typeof(BounceStatus))]
public sealed class GetBounceStatusCommand : HostReaderCommand
{
    private protected override string DefaultHost => BounceRecordBuilder.DefaultHost;

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, IDnsResolver resolver, CancellationToken cancellationToken) =>
        await Task.WhenAll(Expectations(domain, named).Select(expected => ReadAsync(domain, expected, resolver, cancellationToken))).ConfigureAwait(false);

    private static async Task<BounceStatus> ReadAsync(DomainName domain, KeyValuePair<DomainName, BounceExpectation> expected, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BounceOrganization organization = await BounceOrganization.ReadAsync(domain, expected.Key, resolver, cancellationToken).ConfigureAwait(false);
        return await BounceStatusReader.ReadAsync(domain, expected.Key, expected.Value, organization, resolver, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<KeyValuePair<DomainName, BounceExpectation>> Expectations(DomainName domain, NamedProviders named)
    {
        if (named.Providers.Count > 0)
            return named.Bind(domain).SelectMany(bound => ProviderHosts.Bounce(bound.Provider, bound.Values, GivenHost(domain))).ToArray();

        BounceExpectation expected = TargetName is { } target ? BounceExpectation.AliasOf(target) : BounceExpectation.None;
        return new[] { new KeyValuePair<DomainName, BounceExpectation>(HostOf(domain), expected) };
    }
}
