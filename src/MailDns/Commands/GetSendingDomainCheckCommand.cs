using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Lists the checks that Test-SendingDomain and the Get-*Status cmdlets make.</summary>
/// <remarks>
/// Works offline. The ids are stable, so that test names made from them are too. The title says what is true when the
/// check passes; Finding says what is reported otherwise.
/// </remarks>
/// <example>
/// <code>Get-SendingDomainCheck -Area Dmarc</code>
/// <para>Lists the checks of DMARC.</para>
/// </example>
/// <example>
/// <code>Get-SendingDomainCheck -Id SPF-* | Where-Object Severity -eq Error</code>
/// <para>Lists the SPF checks whose finding is an error.</para>
/// </example>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9989">RFC 9989</seealso>
[Cmdlet(VerbsCommon.Get, "SendingDomainCheck")]
[OutputType(typeof(CheckDefinition))]
public sealed class GetSendingDomainCheckCommand : MailDnsCmdlet
{
    /// <summary>Ids of checks; wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] Id { get; set; } = { "*" };

    /// <summary>Only checks of these areas.</summary>
    [Parameter]
    public CheckArea[] Area { get; set; } = Array.Empty<CheckArea>();

    /// <summary>Only checks of these severities.</summary>
    [Parameter]
    public CheckSeverity[] Severity { get; set; } = Array.Empty<CheckSeverity>();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string pattern in Id)
        {
            bool found = false;
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            foreach (CheckDefinition check in CheckCatalog.All)
            {
                if (wildcard.IsMatch(check.Id))
                {
                    found = true;
                    WriteIfWanted(check);
                }
            }

            if (!found && !WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                var exception = new KeyNotFoundException("The check " + Text.PrintableText.Quote(pattern) + " was not found. Get-SendingDomainCheck without parameters lists all checks.");
                WriteError(new ErrorRecord(exception, "CheckNotFound", ErrorCategory.ObjectNotFound, pattern));
            }
        }
    }

    private void WriteIfWanted(CheckDefinition check)
    {
        bool wanted = (Area.Length == 0 || Array.IndexOf(Area, check.Area) >= 0)
            && (Severity.Length == 0 || Array.IndexOf(Severity, check.Severity) >= 0);
        if (wanted) WriteObject(check);
    }
}
