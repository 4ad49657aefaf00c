using System.Collections;
using System.IO;
using System.Text;
using MailDns.Testing;

namespace MailDns.Commands;

/// <summary>Writes a ready Pester file that checks sending domains, with names of tests that stay.</summary>
/// <remarks>
/// For one domain the file has one test for each check of the catalogue: a test's name is the check's id and title, its tags are area,
/// severity and id. For several domains one file is written, in which each domain has one test a severity, whose message lists what was
/// found: Pester takes milliseconds and some 20 KB for each test, so a test for each check would take minutes with 300 domains. Both ask DNS once, in
/// BeforeAll, many domains at the same time. Run the errors alone with -TagFilter Error, one domain of many with -FullNameFilter '*contoso.com*'.
/// A failed lookup makes a test inconclusive, a check with nothing to look at is skipped. The file takes -Server, -ZoneFile and -FailOnUnknown as
/// parameters (New-PesterContainer -Data): Pester calls a run passed whose tests are all inconclusive, and -FailOnUnknown makes
/// them fail. It runs from any folder, and needs Pester 5 or later, and MailDns where it runs. Nothing is asked while it is written.
/// </remarks>
/// <example>
/// <code>New-SendingDomainTest contoso.com -Provider Altcraft -Path ./contoso.com.Tests.ps1</code>
/// <para>Run it with: Invoke-Pester ./contoso.com.Tests.ps1</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | New-SendingDomainTest -Provider Altcraft -Severity Error -Path ./domains.Tests.ps1 -Force</code>
/// <para>One file for all domains, with the checks whose finding is an error, written over that of yesterday.</para>
/// </example>
/// <seealso href="https://pester.dev/docs/quick-start">Pester</seealso>
[Cmdlet(VerbsCommon.New, "SendingDomainTest", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewSendingDomainTestCommand : MailDnsCmdlet
{
    private readonly ProviderCache _providers = new();
    private readonly List<PesterTestOptions> _domains = new();

    /// <summary>The domain, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "ZoneName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string[] Domain { get; set; } = Array.Empty<string>();

    /// <summary>The file to write, or a folder that is there: then the file is DOMAIN.Tests.ps1 in it, or SendingDomain.Tests.ps1 for several domains. Default: the current folder.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Platforms that send for the domain: names of profiles, or paths of profiles or Domain Connect templates (JSON). Also from an object's Provider.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Provider { get; set; } = Array.Empty<string>();

    /// <summary>Values for the profiles' placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>Groups of records of the profile or template that are in use, where it has groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProviderGroup { get; set; } = Array.Empty<string>();

    /// <summary>DKIM selectors in use; default: the profile's. Also from an object's Selector.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>The tracking host, relative to the domain or in full; default: the profile's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrackingHost { get; set; }

    /// <summary>The bounce host, relative to the domain or in full; default: the profile's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BounceHost { get; set; }

    /// <summary>Which checks become tests, by the severity of their finding; default: Error and Warning.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public CheckSeverity[] Severity { get; set; } = { CheckSeverity.Error, CheckSeverity.Warning };

    /// <summary>The tests also fetch over HTTPS what DNS names, and judge it.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing() => _providers.LoadOrStop(this, Provider);

    protected override void ProcessRecord()
    {
        foreach (string text in Domain)
        {
            try
            {
                _domains.Add(Options(DomainName.Parse(text)));
            }
            catch (Exception exception) when (ProviderFiles.IsExpected(exception))
            {
                WriteError(ErrorRecords.From(exception, text));
            }
        }
    }

    protected override void EndProcessing()
    {
        if (_domains.Count == 0) return;

        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (Directory.Exists(path))
            path = System.IO.Path.Combine(path, (_domains.Count == 1 ? _domains[0].Domain.Text : "SendingDomain") + ".Tests.ps1");

        bool exists = File.Exists(path);
        if (exists && !Force)
        {
            WriteError(new ErrorRecord(new IOException(path + " exists already. Use -Force to replace it."), "FileExists", ErrorCategory.ResourceExists, path));
            return;
        }

        if (!ShouldProcess(path, (exists ? "Replace by" : "Create") + " the tests of " + (_domains.Count == 1 ? _domains[0].Domain.Text : _domains.Count + " domains")))
            return;

        try
        {
            // Windows PowerShell reads a file without a byte order mark as ANSI; the domains are ASCII, a provider's path need not be.
            byte[] text = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(PesterTestFile.Write(_domains))).ToArray();
            OutputFile.Write(path, Force, stream => stream.Write(text, 0, text.Length), StopToken);
            WriteObject(InvokeProvider.Item.Get(new[] { path }, force: true, literalPath: true), enumerateCollection: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.From(exception, path));
        }
    }

    private PesterTestOptions Options(DomainName domain) => new(domain)
    {
        Providers = _providers.LoadAll(this, Provider).Select(provider => System.IO.Path.IsPathRooted(provider.FileName) && !ProviderFiles.IsShipped(provider) ? provider.FileName : provider.Name).ToArray(),
        ProviderValues = ProviderValues.Read(ProviderValue).ToArray(),
        ProviderGroups = ProviderGroup,
        Selectors = Selector.Given(),
        TrackingHost = TrackingHost,
        BounceHost = BounceHost,
        Severities = Severity,
        IncludeHttps = IncludeHttps,
        Manifest = Manifest(),
        Version = GetType().Assembly.GetName().Version!.ToString(3),
    };

    // An installed module is found by its name, whatever its version; a clone only by its path.
    private string Manifest()
    {
        string folder = MyInvocation.MyCommand.Module?.ModuleBase ?? string.Empty;
        IEnumerable<string> installed = (Environment.GetEnvironmentVariable("PSModulePath") ?? string.Empty).Split(System.IO.Path.PathSeparator).Where(place => place.Length > 0);
        return installed.Any(place => folder.StartsWith(place.TrimEnd('/', '\\') + System.IO.Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase))
            ? "MailDns"
            : System.IO.Path.Combine(folder, "MailDns.psd1");
    }
}
