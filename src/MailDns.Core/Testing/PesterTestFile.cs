using System.Text;
using MailDns.Sending;

namespace MailDns.Testing;

/// <summary>
/// Writes a Pester file (5 and later) for a domain: one query in BeforeAll, and one test a check whose name is the check's id
/// and title, so that names stay from run to run.
/// </summary>
internal static class PesterTestFile
{
    public static string Write(PesterTestOptions options)
    {
        var text = new StringBuilder();
        text.Append("#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }\n");
        text.Append("# The sending domain ").Append(options.Domain.Text).Append(", check by check. Written by New-SendingDomainTest of MailDns ").Append(options.Version).Append(".\n");
        text.Append("# DNS is asked once. A check whose lookup failed is inconclusive: neither passed nor failed; with -FailOnUnknown it fails.\n");
        text.Append(Parameters);
        text.Append("Describe ").Append(Quote("Sending domain " + options.Domain.Text)).Append(" -Tag 'SendingDomain', ").Append(Quote(options.Domain.Text)).Append(" {\n");
        text.Append(BeforeAll(options));
        foreach (IGrouping<CheckArea, CheckDefinition> area in Checks(options).GroupBy(check => check.Area))
        {
            AppendArea(text, area);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The checks that become tests: those that Test-SendingDomain can judge with these options.</summary>
    public static IEnumerable<CheckDefinition> Checks(PesterTestOptions options) => CheckCatalog.All.Where(check =>
        options.Severities.Contains(check.Severity)
        && check.Needs is not (CheckNeeds.PrivateKey or CheckNeeds.Message)
        && (options.IncludeHttps || check.Needs != CheckNeeds.Https));

    private static void AppendArea(StringBuilder text, IGrouping<CheckArea, CheckDefinition> area)
    {
        string name = Quote(area.Key.ToString());
        text.Append("\n    Context ").Append(name).Append(" -Tag ").Append(name).Append(" {\n");
        foreach (CheckDefinition check in area)
        {
            // Pester expands <...> in names.
            string title = check.Title.Replace('<', '(').Replace('>', ')');
            text.Append("        It ").Append(Quote(check.Id + " " + title))
                .Append(" -Tag '").Append(check.Severity).Append("', '").Append(check.Id)
                .Append("' { Confirm-SendingDomainCheck '").Append(check.Id).Append("' }\n");
        }

        text.Append("    }\n");
    }

    // The parameters are used in blocks of their own, which the analyzer does not see.
    private const string Parameters = """
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Used in BeforeAll and It.')]
        param(
            # DNS servers to ask; default: the system's.
            [string[]] $Server,

            # Zone files to answer from, without a network.
            [string[]] $ZoneFile,

            # A check whose lookup failed fails. Without it, Pester calls a run passed in which no lookup was answered.
            [switch] $FailOnUnknown
        )


        """;

    private static string BeforeAll(PesterTestOptions options) => """
            BeforeAll {
                # What is loaded already is taken as it is.
                if (-not (Get-Module -Name MailDns)) { Import-Module -Name MANIFEST }
                $asked = @{
                    Domain               = DOMAIN
                    IncludeNotApplicable = $true
        OPTIONS        }
                if ($Server) { $asked.Server = $Server }
                if ($ZoneFile) { $asked.ZoneFile = $ZoneFile }
                $script:SendingDomainResult = @(Test-SendingDomain @asked)

                function Confirm-SendingDomainCheck {
                    param([string] $Id)

                    $found = @($script:SendingDomainResult | Where-Object { $_.Id -eq $Id })
                    $wrong = @($found | Where-Object { $_.Status -in 'Fail', 'Warning' })
                    $unknown = @($found | Where-Object { $_.Status -eq 'Unknown' })
                    $looked = @($found | Where-Object { $_.Status -in 'Pass', 'Info' })
                    if ($wrong.Count -gt 0) {
                        $lines = foreach ($item in $wrong) { "$($item.Message) $($item.Recommendation) ($($item.Reference))" }
                        throw ($lines -join [Environment]::NewLine)
                    }

                    if ($unknown.Count -gt 0) {
                        if ($FailOnUnknown) { throw "Unknown: $($unknown[0].Message)" }
                        Set-ItResult -Inconclusive -Because "$($unknown[0].Message)"
                    }
                    elseif ($looked.Count -eq 0) {
                        Set-ItResult -Skipped -Because 'there is nothing to look at'
                    }
                }
            }

        """.Replace("DOMAIN", Quote(options.Domain.Text)).Replace("OPTIONS", Options(options)).Replace("MANIFEST", Quote(options.Manifest));

    private static string Options(PesterTestOptions options)
    {
        var text = new StringBuilder();
        Append(text, "Provider", options.Providers);
        Append(text, "ProviderGroup", options.ProviderGroups);
        Append(text, "TrackingHost", options.TrackingHost);
        Append(text, "BounceHost", options.BounceHost);
        Append(text, "Selector", options.Selectors);

        if (options.ProviderValues.Count > 0)
        {
            IEnumerable<string> pairs = options.ProviderValues.Select(pair => Quote(pair.Key) + " = " + Quote(pair.Value));
            text.Append(Key("ProviderValue")).Append("@{ ").Append(string.Join("; ", pairs)).Append(" }\n");
        }

        if (options.IncludeHttps)
        {
            text.Append(Key("IncludeHttps")).Append("$true\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(Key(name)).Append(Quote(value)).Append('\n');
        }
    }

    private static void Append(StringBuilder text, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(Key(name)).Append(string.Join(", ", values.Select(Quote))).Append('\n');
        }
    }

    private static string Key(string name) => new string(' ', 12) + name.PadRight(20) + " = ";

    private static string Quote(string value) => PowerShellText.Quote(value);
}

/// <summary>What a test file asks Test-SendingDomain.</summary>
internal sealed class PesterTestOptions(DomainName domain)
{
    public DomainName Domain { get; } = domain;

    /// <summary>The profiles' names, or the full paths of files.</summary>
    public IReadOnlyList<string> Providers { get; init; } = Array.Empty<string>();

    /// <summary>The groups of the profiles that are in use.</summary>
    public IReadOnlyList<string> ProviderGroups { get; init; } = Array.Empty<string>();

    public IReadOnlyList<KeyValuePair<string, string>> ProviderValues { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    public string? TrackingHost { get; init; }

    public string? BounceHost { get; init; }

    /// <summary>Checks of these severities become tests.</summary>
    public IReadOnlyList<CheckSeverity> Severities { get; init; } = new[] { CheckSeverity.Error, CheckSeverity.Warning };

    public bool IncludeHttps { get; init; }

    /// <summary>The module's name where it is installed, else the path of its manifest.</summary>
    public string Manifest { get; init; } = "MailDns";

    /// <summary>The module's version, for the file's first lines.</summary>
    public string Version { get; init; } = string.Empty;
}
