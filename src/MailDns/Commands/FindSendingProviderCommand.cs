using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Tells which platforms send for a domain, as DNS shows it, each with the records that say so.</summary>
/// <remarks>
/// Searches the includes of the SPF record, nested ones too, the common DKIM selectors, the hosts that platforms use for bounces
/// and tracking, MX records, and delegations. If a brand sends through the servers of another platform, Underlying names that
/// platform. A platform for which there is only an include or an old value is marked as a leftover. If a platform is not found,
/// it may still be in use: records with names that are specific to an account cannot be recognised.
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

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        (IReadOnlyList<SendingProviderMatch> matches, IReadOnlyList<string> failures) = await ProviderFinder.FindAsync(domain, _index!, resolver, cancellationToken).ConfigureAwait(false);
        var output = new List<object>(matches);
        if (failures.Count > 0)
            output.Add(CmdletMessage.Warning(domain + ": " + failures.Count + " lookups failed, so platforms may be missing. The first: " + failures[0]));

        return output;
    }
}
