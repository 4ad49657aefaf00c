using MailDns.Report;
using MailDns.Reports;

namespace MailDns.Commands;

/// <summary>Compares the results of two runs: what is new, fixed, changed or due, by domain and check.</summary>
/// <remarks>
/// Takes results of Test-SendingDomain (or status objects), live or from a job, and paths of JSON reports of Export-SendingDomainReport and of
/// files of Export-Clixml. A finding (Fail or Warning) that the earlier run did not have is New. It is Fixed only where the check has looked again
/// and passed: a lookup that failed, or a check that was left out or had nothing to look at, is Changed, never Fixed. Days and hours that
/// a message counts down are not a change. A record that another passing record has replaced is Changed, with both. A deadline that comes near is Due once when it is within
/// 30 days, within 7, within 1, and over: a mark certificate, a TLS certificate of a policy or tracking host (-IncludeHttps), a year after the date in a
/// DKIM selector; and an MTA-STS policy that changed under the same id is Due. Domains of the reference without any result in the later run are named in a warning. In a domain, what is
/// fixed comes first and what is new last.
/// </remarks>
/// <example>
/// <code>Get-Content domains.txt | Test-SendingDomain | Compare-SendingDomainResult -Reference ./last-night.json</code>
/// <para>What has changed since the report of last night.</para>
/// </example>
/// <example>
/// <code>Compare-SendingDomainResult -Reference ./monday.json -Difference ./tuesday.json | Where-Object Change -eq New</code>
/// <para>The findings that Tuesday's report has and Monday's has not.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "SendingDomainResult")]
[OutputType(typeof(SendingDomainChange))]
public sealed class CompareSendingDomainResultCommand : MailDnsCmdlet
{
    private readonly List<PSObject> _difference = new();

    /// <summary>The earlier run: results, or paths of JSON reports or Clixml files.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] Reference { get; set; } = Array.Empty<PSObject>();

    /// <summary>The later run: results, or paths of JSON reports or Clixml files.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [AllowNull]
    public PSObject?[]? Difference { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange((Difference ?? Array.Empty<PSObject?>()).Where(item => item is not null).Select(item => item!));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IReadOnlyList<ReportCheck> reference = ResultInput.Read(this, Reference, nameof(Reference));
        IReadOnlyList<ReportCheck> difference = ResultInput.Read(this, _difference, nameof(Difference));
        IReadOnlyList<string> missing = ResultComparer.FindMissing(reference, difference);
        if (missing.Count > 0)
        {
            WriteWarning(missing.Count + " domains of -Reference have no result in -Difference, so their state is not known: " + string.Join(", ", missing.Take(5)) + (missing.Count > 5 ? ", ..." : "."));
        }

        foreach (SendingDomainChange change in ResultComparer.Compare(reference, difference))
            WriteObject(change);
    }
}
