using System.Text;
using MailDns.Sending;

namespace MailDns.Testing;

/// <summary>
/// Writes a Pester file (5 and later). For one domain: one query in BeforeAll, and one test a check whose name is the check's id and title.
/// For many: all are asked at once, and each domain has one test a severity, since Pester takes milliseconds and some 20 KB for each test,
/// whatever it does. Names stay from run to run.
/// </summary>
internal static class PesterTestFile
{
    /// <summary>The file of these domains; what is said of the file itself is taken from the first.</summary>
    public static string Write(IReadOnlyList<PesterTestOptions> domains) => domains.Count == 1 ? WriteOne(domains[0]) : WriteMany(domains);

    private static string WriteOne(PesterTestOptions options)
    {
        var text = new StringBuilder();
        AppendHead(
            text,
            options,
            "The sending domain " + options.Domain.Text + ", check by check.",
            "# DNS is asked once. A check whose lookup failed is inconclusive: neither passed nor failed; with -FailOnUnknown it fails.\n");
        text.Append("Describe ").Append(Quote("Sending domain " + options.Domain.Text)).Append(" -Tag 'SendingDomain', ").Append(Quote(options.Domain.Text)).Append(" {\n");
        text.Append(BeforeAll(options));
        foreach (IGrouping<CheckArea, CheckDefinition> area in Checks(options).GroupBy(check => check.Area))
            AppendArea(text, area);

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

    private static string WriteMany(IReadOnlyList<PesterTestOptions> domains)
    {
        PesterTestOptions first = domains[0];
        var text = new StringBuilder();
        AppendHead(
            text,
            first,
            domains.Count.ToString(CultureInfo.InvariantCulture) + " sending domains, each with one test a severity.",
            "# All are asked at once. A domain of which a lookup failed is inconclusive: neither passed nor failed; with -FailOnUnknown it fails.\n");
        text.Append("$asked = @(\n");
        foreach (IGrouping<string, PesterTestOptions> alike in domains.GroupBy(options => Options(options, indent: 8), StringComparer.Ordinal))
        {
            IEnumerable<string> names = alike.Select(options => options.Domain.Text).Distinct(StringComparer.Ordinal).Select(name => new string(' ', 12) + Quote(name) + "\n");
            text.Append("    @{\n").Append(Key("Domain", 8)).Append("@(\n").Append(string.Concat(names)).Append("        )\n").Append(alike.Key).Append("    }\n");
        }

        text.Append(")\n\nDescribe 'Sending domains' -Tag 'SendingDomain' -ForEach @{ Asked = $asked } {\n");
        text.Append(BeforeMany.Replace("MANIFEST", Quote(first.Manifest)));
        foreach (CheckSeverity severity in first.Severities.Distinct())
        {
            text.Append("\n    Context '").Append(severity).Append("' -Tag '").Append(severity).Append("' {\n        It '<_> has no finding of severity ").Append(severity)
                .Append("' -ForEach @($asked.Domain) { Confirm-SendingDomain $_ '").Append(severity).Append("' }\n    }\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendHead(StringBuilder text, PesterTestOptions options, string title, string comment) => text
        .Append("#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }\n")
        .Append("# ").Append(title).Append(" Written by New-SendingDomainTest of MailDns ").Append(options.Version).Append(".\n")
        .Append(comment)
        .Append(Parameters);

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

        """.Replace("DOMAIN", Quote(options.Domain.Text)).Replace("OPTIONS", Options(options, indent: 12)).Replace("MANIFEST", Quote(options.Manifest));

    // Of 300 domains that pass nothing is kept but their names.
    private const string BeforeMany = """
            BeforeAll {
                # What is loaded already is taken as it is.
                if (-not (Get-Module -Name MailDns)) { Import-Module -Name MANIFEST }
                $source = @{}
                if ($Server) { $source.Server = $Server }
                if ($ZoneFile) { $source.ZoneFile = $ZoneFile }
                $script:Tested = @{}
                foreach ($part in $Asked) {
                    Test-SendingDomain @part @source | ForEach-Object {
                        if (-not $script:Tested.ContainsKey($_.Domain)) { $script:Tested[$_.Domain] = @{ Unknown = [System.Collections.Generic.List[string]]::new() } }
                        $said = $script:Tested[$_.Domain]
                        if ($_.Status -eq 'Unknown') {
                            $said.Unknown.Add("$($_.Id): $($_.Message)")
                        }
                        elseif ($_.Status -in 'Fail', 'Warning') {
                            $said["$($_.Severity)"] += @("$($_.Id): $($_.Message) $($_.Recommendation) ($($_.Reference))")
                        }
                    }
                }

                function Confirm-SendingDomain {
                    param([string] $Domain, [string] $Severity)

                    $said = $script:Tested[$Domain]
                    if (-not $said) { throw "There is no result for $Domain." }
                    if ($said[$Severity]) { throw ($said[$Severity] -join [Environment]::NewLine) }
                    if ($said.Unknown.Count -gt 0) {
                        $because = $said.Unknown -join [Environment]::NewLine
                        if ($FailOnUnknown) { throw "Unknown: $because" }
                        Set-ItResult -Inconclusive -Because $because
                    }
                }
            }

        """;

    private static string Options(PesterTestOptions options, int indent)
    {
        var text = new StringBuilder();
        void Append(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
                text.Append(Key(name, indent)).Append(string.Join(", ", values.Select(Quote))).Append('\n');
        }

        static string[] One(string? value) => value is null ? Array.Empty<string>() : new[] { value };
        Append("Provider", options.Providers);
        Append("ProviderGroup", options.ProviderGroups);
        Append("TrackingHost", One(options.TrackingHost));
        Append("BounceHost", One(options.BounceHost));
        Append("Selector", options.Selectors);

        if (options.ProviderValues.Count > 0)
        {
            IEnumerable<string> pairs = options.ProviderValues.Select(pair => Quote(pair.Key) + " = " + Quote(pair.Value));
            text.Append(Key("ProviderValue", indent)).Append("@{ ").Append(string.Join("; ", pairs)).Append(" }\n");
        }

        if (options.IncludeHttps) text.Append(Key("IncludeHttps", indent)).Append("$true\n");

        return text.ToString();
    }

    private static string Key(string name, int indent) => new string(' ', indent) + name.PadRight(20) + " = ";

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
