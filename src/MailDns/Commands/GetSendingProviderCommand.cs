using System.IO;

namespace MailDns.Commands;

/// <summary>Lists the profiles of mail providers: which records each asks a sending domain for.</summary>
/// <remarks>
/// Without -Provider it lists the shipped profiles. With a name, an alias or a pattern it lists those that match; with a path
/// it reads a profile of your own and says what is wrong with it, by line, column and property.
/// </remarks>
/// <example>
/// <code>Get-SendingProvider</code>
/// <para>All shipped profiles.</para>
/// </example>
/// <example>
/// <code>(Get-SendingProvider altcraft).Records | Format-Table Role, Host, RecordType, Content</code>
/// <para>What Altcraft asks for.</para>
/// </example>
/// <example>
/// <code>Get-SendingProvider ./my-relay.json</code>
/// <para>Reads and proves a profile of your own.</para>
/// </example>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc7208">RFC 7208</seealso>
[Cmdlet(VerbsCommon.Get, "SendingProvider")]
[OutputType(typeof(SendingProvider))]
public sealed class GetSendingProviderCommand : MailDnsCmdlet
{
    /// <summary>Ids, names or aliases of shipped profiles, with wildcards; or paths of profiles of your own (JSON).</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Provider { get; set; } = { "*" };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Provider)
        {
            try
            {
                WriteObject(Find(text), enumerateCollection: true);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or SessionStateException)
            {
                WriteError(ErrorRecords.From(exception, text));
            }
        }
    }

    private IEnumerable<SendingProvider> Find(string text)
    {
        if (SendingProviderCatalog.IsPath(text) || !WildcardPattern.ContainsWildcardCharacters(text))
        {
            return new[] { ProviderFiles.Load(this, text) };
        }

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return ProviderFiles.Shipped.All
            .Where(provider => new[] { provider.Id, provider.Name }.Concat(provider.Aliases).Any(pattern.IsMatch))
            .ToArray();
    }
}
