using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Tells which platforms send for a domain, as DNS shows it, each with the records that say so.</summary>
/// <remarks>
/// Looked at are the includes of the SPF record, nested ones too, the DKIM selectors in common use, the hosts that platforms use for
/// bounces and tracking, MX, and delegations. A brand that sends by another platform's servers has that one as Underlying. A
/// platform that only an include or an old value speaks for is marked as a leftover. Absence proves nothing: a platform whose
/// records have names of the account's own is not seen.
/// </remarks>
/// <example>
/// <code>Find-SendingProvider contoso.com</code>
/// <para>Who sends for a domain.</para>
/// </example>
/// <example>
/// <code>Find-SendingProvider contoso.com | Test-SendingDomain | Where-Object Status -eq Fail</code>
/// <para>Checks the domain against each of the platforms that were found.</para>
/// </example>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc7208">RFC 7208</seealso>
[Cmdlet(VerbsCommon.Find, "SendingProvider")]
[OutputType(typeof(SendingProviderMatch))]
public sealed class FindSendingProviderCommand : DomainReaderCommand
{
    private ProviderIndex? _index;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _index = ProviderFiles.Index;
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            ThrowTerminatingError(ErrorRecords.From(exception, null));
        }

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        (IReadOnlyList<SendingProviderMatch> matches, IReadOnlyList<string> failures) = await ProviderFinder.FindAsync(domain, _index!, resolver, cancellationToken).ConfigureAwait(false);
        var output = new List<object>(matches);
        if (failures.Count > 0)
        {
            output.Add(CmdletMessage.Warning(domain + ": " + failures.Count + " lookups failed, so platforms may be missing. The first: " + failures[0]));
        }

        return output;
    }
}
