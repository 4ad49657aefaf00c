using System.Collections;
using MailDns.Dkim;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Reads and judges the DKIM keys of a domain.</summary>
/// <remarks>
/// Gives one object a selector. DNS cannot list selectors: without -Selector the common ones are tried, and where none of
/// them has a key the result is unknown, not missing. The selector in use is s= in the DKIM-Signature field of any message.
/// </remarks>
/// <example>
/// <code>Get-DkimStatus contoso.com -Selector ak</code>
/// <para>Reads the key at ak._domainkey.contoso.com.</para>
/// </example>
/// <example>
/// <code>Get-AcceptedDomain | Get-DkimStatus | Where-Object KeySize -lt 2048</code>
/// <para>Lists the keys of every accepted domain that are too short.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DkimStatus")]
[OutputType(typeof(DkimStatus))]
public sealed class GetDkimStatusCommand : DomainReaderCommand
{
    private SendingProvider? _profile;

    /// <summary>The selectors to read, without "._domainkey"; default: those in common use that exist.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>A provider's profile: its selectors are read, and their aliases compared with what it asks for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Values for the profile's placeholders, e.g. <c>@{ token = 'abc' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _profile = ProviderFiles.LoadOrStop(this, Provider);

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var options = new DkimReadOptions
        {
            Selectors = Selector,
            Expectations = _profile is null
                ? Array.Empty<DkimExpectation>()
                : ProviderKeys.Expectations(_profile, new SendingProviderValues(domain, ProviderValues.Read(ProviderValue))),
            ProviderName = _profile?.Name,
            Today = DateTime.UtcNow.Date,
        };
        return (await DkimStatusReader.ReadAsync(domain, options, resolver, cancellationToken).ConfigureAwait(false)).ToArray<object>();
    }
}
