using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Help;

/// <summary>Get-Help has all it should, for each cmdlet, parameter, check and topic.</summary>
public class HelpTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public HelpTests(EngineFixture engine) => _engine = engine;

    [Fact]
    public void Every_cmdlet_has_its_help()
    {
        EngineResult result = _engine.Invoke("""
            foreach ($command in Get-Command -Module MailDns) {
                $help = Get-Help $command.Name -Full
                $text = { param($node) "$($node | ForEach-Object { $_.Text })".Trim() }
                if ((& $text $help.description) -eq '') { "$command has no description" }
                if ("$($help.Synopsis)".Trim() -in '', $command.Name) { "$command has no synopsis" }
                if (@($help.examples.example).Count -lt 2) { "$command has fewer than two examples" }
                foreach ($example in $help.examples.example) {
                    if ("$($example.code)".Trim() -eq '' -or (& $text $example.remarks) -eq '') { "$command has an empty example" }
                }
                if (-not "$($help.inputTypes.inputType.type.name)") { "$command names no inputs" }
                if (-not "$($help.returnValues.returnValue.type.name)") { "$command names no outputs" }
                if ((& $text $help.alertSet.alert) -eq '') { "$command has no notes" }
                $siblings = @($help.relatedLinks.navigationLink.linkText | Where-Object { $_ -cmatch '^[A-Z][a-z]+-[A-Z]' })
                if (-not $siblings.Count) { "$command has no link to another cmdlet" }
                foreach ($sibling in $siblings) {
                    if ($sibling -eq $command.Name -or -not (Get-Command -Module MailDns -Name $sibling -ErrorAction Ignore)) { "$command has a link to $sibling" }
                }
                if (@($help.relatedLinks.navigationLink | Where-Object uri).Count) { "$command has a link that Get-Help -Online takes for its page" }
                $own = $command.Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters -and $_ -ne 'UseTransaction' }
                foreach ($parameter in $own) {
                    $found = $help.parameters.parameter | Where-Object name -eq $parameter
                    if (-not $found -or (& $text $found.description) -eq '') { "$command -$parameter has no text" }
                    $takesWildcards = @($command.Parameters[$parameter].Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
                    if ([bool]::Parse($found.globbing) -ne $takesWildcards) { "$command -${parameter}: the help is wrong about wildcards" }
                }
            }
            """);
        result.EnsureClean();
        Assert.Empty(result.Output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("Publish-SendingDomainRecord", "-WhatIf", "-Confirm")]
    [InlineData("New-SpfRecord", "Add-SpfMechanism", "Get-SpfStatus")]
    [InlineData("New-MtaStsPolicy", "New-MtaStsRecord", "RFC 8461: https://www.rfc-editor.org/rfc/rfc8461")]
    public void The_whole_help_names(string command, params string[] texts)
    {
        string help = string.Join('\n', _engine.Invoke("Get-Help " + command + " -Full | Out-String -Width 200").EnsureClean().Output);
        Assert.All(texts, text => Assert.Contains(text, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("about_MailDns")]
    [InlineData("about_MailDns_Pipelines")]
    [InlineData("about_MailDns_Providers")]
    [InlineData("about_MailDns_Checks")]
    [InlineData("about_MailDns_Pester")]
    [InlineData("about_MailDns_Blocklists")]
    [InlineData("about_MailDns_Dnssec")]
    public void Every_topic_is_there_and_fits_the_window(string topic)
    {
        string text = File.ReadAllText(Path.Combine(HelpFile.Folder, topic + ".help.txt"));
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.StartsWith("TOPIC\n  " + topic + "\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(line => !line.StartsWith("      ", StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Get_Help_finds_the_topics_by_name() =>
        Assert.Contains("Creates, publishes and proves", _engine.Invoke("Get-Help about_MailDns").EnsureClean().Text, StringComparison.Ordinal);

    [Fact]
    public void The_topic_of_checks_lists_every_check()
    {
        string text = File.ReadAllText(Path.Combine(HelpFile.Folder, "about_MailDns_Checks.help.txt"));
        IEnumerable<PSObject> checks = _engine.Invoke("Get-SendingDomainCheck").EnsureClean().Output;
        Assert.All(checks, check => Assert.Contains(check.Properties["Id"].Value.ToString()!, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_check_has_its_texts()
    {
        foreach (PSObject check in _engine.Invoke("Get-SendingDomainCheck").EnsureClean().Output)
        {
            foreach (string property in new[] { "Id", "Title", "Reference", "Recommendation" })
                Assert.False(string.IsNullOrWhiteSpace(check.Properties[property]?.Value?.ToString()), check.Properties["Id"].Value + " has no " + property);
        }
    }
}
