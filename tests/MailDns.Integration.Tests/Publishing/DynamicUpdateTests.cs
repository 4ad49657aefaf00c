using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Publishing;

/// <summary>Plan, publish, check and undo against a real BIND.</summary>
public sealed class DynamicUpdateTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Prepare = """
        param($root, $server, $key)
        $target = @{ UpdateServer = $server; TsigKeyPath = $key; Confirm = $false }
        $wanted = @{ Domain = 'example.com'; Provider = 'Altcraft'; PublicKey = [System.IO.File]::ReadAllText("$root/examples/ak.public.pem"); AggregateReportUri = 'report@example.com'; LogoUri = 'https://example.com/bimi/bimi.svg'; Server = $server; WarningAction = 'SilentlyContinue' }

        """;

    private readonly EngineFixture _engine;
    private readonly PrimaryServer? _bind;

    public DynamicUpdateTests(EngineFixture engine)
    {
        _engine = engine;
        _bind = PrimaryServer.IsInstalled ? PrimaryServer.Start(Zones()) : null;
    }

    public void Dispose() => _bind?.Dispose();

    [BindFact]
    public void The_whole_set_is_published_checked_and_undone()
    {
        string before = _bind!.Transfer("example.com");
        string undo = Path.Combine(Path.GetTempPath(), "maildns-" + Guid.NewGuid().ToString("N") + ".xml");
        try
        {
            EngineResult published = Run("Compare-SendingDomain @wanted | Publish-SendingDomainRecord @target -UndoPath $args[0]", undo).EnsureClean();
            Assert.Equal(["Verified"], published.Properties<string>("Status").Distinct());
            Assert.Equal(["Replace", "Add", "Add", "Add", "Add", "Add"], published.Properties<string>("Action"));
            string after = _bind.Transfer("example.com");
            Assert.Contains("example.com. 7200 IN TXT \"v=spf1 mx include:spf.akmta.net ~all\"", after, StringComparison.Ordinal);
            Assert.Contains("\"google-site-verification=Hh2cN0eB5bQx7u1pYtVJ3sWq8rZk4mLd6fGa9oCiEXU\"", after, StringComparison.Ordinal);

            EngineResult checks = Run("Test-SendingDomain example.com -Provider Altcraft -Server $server").EnsureClean();
            Assert.DoesNotContain("Fail", checks.Properties<string>("Status"));

            EngineResult again = Run("Compare-SendingDomain @wanted | Publish-SendingDomainRecord @target").EnsureClean();
            Assert.Equal(["Keep"], again.Properties<string>("Action").Distinct());
            Assert.Equal(["Unchanged"], again.Properties<string>("Status").Distinct());
            Assert.Equal(after, _bind.Transfer("example.com"));

            EngineResult undone = Run("[System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText($args[0])) | Publish-SendingDomainRecord @target", undo).EnsureClean();
            Assert.Equal(["Verified"], undone.Properties<string>("Status").Distinct());
            Assert.Equal(before, _bind.Transfer("example.com"));
        }
        finally
        {
            File.Delete(undo);
        }
    }

    [BindFact]
    public void Undo_of_the_results_restores_how_strings_were_cut()
    {
        string before = _bind!.Transfer("example.com");
        Assert.Contains("\"v=spf1 \" \"mx ~all\"", before, StringComparison.Ordinal);
        Run("$results = Compare-SendingDomain @wanted | Publish-SendingDomainRecord @target; $results.Undo | Publish-SendingDomainRecord @target").EnsureClean();
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    [BindFact]
    public void Records_without_a_plan_are_compared_with_the_server()
    {
        EngineResult result = Run("[MailDns.TxtRecord]::new('example.com', '@', 'MS=ms48151623', [timespan]::FromHours(1), 'Verification'), (New-SpfRecord example.com -Include spf.akmta.net) | Publish-SendingDomainRecord @target").EnsureClean();
        Assert.Equal(["Unchanged", "Verified"], result.Properties<string>("Status"));
    }

    [BindFact]
    public void Zone_that_changed_since_the_plan_stops_all_of_it()
    {
        EngineResult plan = Run("Compare-SendingDomain @wanted").EnsureClean();
        _bind!.Update("zone example.com", "update add example.com 7200 TXT \"another=proof\"");
        string before = _bind.Transfer("example.com");

        EngineResult result = Run("$args | Publish-SendingDomainRecord @target", plan.Output.ToArray());
        Assert.Equal(["ZoneChanged"], result.ErrorIds);
        Assert.Equal(["Skipped"], result.Properties<string>("Status").Distinct());
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    [BindFact]
    public void Alias_is_not_added_beside_what_came_meanwhile()
    {
        EngineResult plan = Run("Compare-SendingDomain @wanted").EnsureClean();
        _bind!.Update("zone example.com", "update add trk.example.com 300 A 192.0.2.9");
        string before = _bind.Transfer("example.com");

        // The CNAME set is as it was, empty: only the server's prerequisite can tell.
        EngineResult result = Run("$args | Publish-SendingDomainRecord @target", plan.Output.ToArray());
        Assert.Equal(["ZoneChanged"], result.ErrorIds);
        Assert.Contains("YXDOMAIN", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("trk.example.com", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    // A server cannot be asked for all types there are.
    [BindFact]
    public void Alias_beside_data_of_a_type_without_a_name_is_named()
    {
        _bind!.Update("zone example.com", "update add odd.example.com 300 TYPE65400 \\# 2 0102");
        string before = _bind.Transfer("example.com");
        EngineResult result = Run("'odd CNAME a.example.', 'fine TXT x' | ConvertFrom-DnsZone -ZoneName example.com | Publish-SendingDomainRecord @target");
        Assert.Contains("odd.example.com). Leave it out", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    [BindFact]
    public void WhatIf_writes_nothing_and_tells_each_change()
    {
        string before = _bind!.Transfer("example.com");
        EngineResult result = Run("Compare-SendingDomain @wanted | Publish-SendingDomainRecord @target -WhatIf").EnsureClean();
        Assert.Equal(["Skipped"], result.Properties<string>("Status").Distinct());
        Assert.Contains("Replace TXT example.com: \"v=spf1 mx ~all\" by \"v=spf1 mx include:spf.akmta.net ~all\"", result.HostText, StringComparison.Ordinal);
        Assert.Contains("Add CNAME trk.example.com 3600: trk.aksend.net", result.HostText, StringComparison.Ordinal);
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    [BindFact]
    public void Wrong_key_no_key_and_foreign_zone_write_nothing()
    {
        string before = _bind!.Transfer("example.com");
        EngineResult wrong = Run($"$credential = [pscredential]::new('{PrimaryServer.KeyName}', $args[0]); Compare-SendingDomain @wanted | Publish-SendingDomainRecord -UpdateServer $server -TsigKey $credential -Confirm:$false", Secret(Convert.ToBase64String(new byte[32])));
        Assert.Contains("BADSIG", Assert.Single(wrong.Errors).ToString(), StringComparison.Ordinal);
        EngineResult unknown = Run("$credential = [pscredential]::new('nobody', $args[0]); Compare-SendingDomain @wanted | Publish-SendingDomainRecord -UpdateServer $server -TsigKey $credential -Confirm:$false", Secret(_bind.Secret));
        Assert.Contains("BADKEY", Assert.Single(unknown.Errors).ToString(), StringComparison.Ordinal);
        EngineResult none = Run("Compare-SendingDomain @wanted | Publish-SendingDomainRecord -UpdateServer $server -Confirm:$false");
        Assert.Contains("REFUSED", Assert.Single(none.Errors).ToString(), StringComparison.Ordinal);
        Assert.All(new[] { wrong, unknown, none }, result => Assert.Equal(["Failed"], result.Properties<string>("Status").Distinct()));
        Assert.Equal(before, _bind.Transfer("example.com"));

        EngineResult right = Run($"$credential = [pscredential]::new('{PrimaryServer.KeyName}', $args[0]); Compare-SendingDomain @wanted | Publish-SendingDomainRecord -UpdateServer $server -TsigKey $credential -Confirm:$false", Secret(_bind.Secret)).EnsureClean();
        Assert.Equal(["Verified"], right.Properties<string>("Status").Distinct());
    }

    [BindFact]
    public void The_secret_is_in_no_message_and_an_open_key_file_is_refused()
    {
        EngineResult result = Run("Compare-SendingDomain @wanted | Publish-SendingDomainRecord @target -Verbose -Debug").EnsureClean();
        string all = string.Join('\n', result.Verbose.Concat(result.Warnings).Append(result.HostText).Concat(result.Output.Select(item => item.ToString())));
        Assert.DoesNotContain(_bind!.Secret, all, StringComparison.Ordinal);

        string open = Path.Combine(Path.GetDirectoryName(_bind.KeyPath)!, "open.key");
        File.Copy(_bind.KeyPath, open);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        EngineResult refused = Run("$target.TsigKeyPath = $args[0]; New-SpfRecord example.com -All Fail | Publish-SendingDomainRecord @target", open);
        Assert.Equal(["AccessDenied"], refused.ErrorIds);
        Assert.DoesNotContain(_bind.Secret, refused.Errors[0].ToString(), StringComparison.Ordinal);

        File.WriteAllText(open, "key \"k\" { algorithm hmac-sha256; secret \"c2VjcmV0!\"; };");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, UnixFileMode.UserRead);
        EngineResult broken = Run("$target.TsigKeyPath = $args[0]; New-SpfRecord example.com -All Fail | Publish-SendingDomainRecord @target", open);
        Assert.Equal(["InvalidValue"], broken.ErrorIds);
        Assert.DoesNotContain("c2VjcmV0", broken.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [BindFact]
    public void Values_with_any_octet_arrive_as_they_are_and_go_again()
    {
        string before = _bind!.Transfer("example.com");
        EngineResult result = Run("""
            $text = "a`"b;c\d$(whoami)`$x'" + [char]7 + [char]255
            $results = [MailDns.TxtRecord]::new('example.com', 'odd', $text, [timespan]::FromHours(1), 'Other') | Publish-SendingDomainRecord @target
            $results
            $results.Undo | Publish-SendingDomainRecord @target
            """.Replace("$(whoami)", "$`(whoami)", StringComparison.Ordinal)).EnsureClean();
        Assert.Equal(["Verified", "Verified"], result.Properties<string>("Status"));
        Assert.DoesNotContain(result.Render(120), c => c is '\a');
        Assert.Equal(before, _bind.Transfer("example.com"));
    }

    private static System.Security.SecureString Secret(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (char c in text)
            secret.AppendChar(c);
        return secret;
    }

    private EngineResult Run(string script, params object[] arguments) =>
        _engine.Invoke(Prepare + script, [TestPaths.Root, _bind!.Address, _bind.KeyPath, .. arguments]);

    // The example's zones, with the SPF record cut in two strings and a time to live of its own.
    private static Dictionary<string, string> Zones()
    {
        string folder = Path.Combine(TestPaths.Root, "examples", "zones");
        return Directory.EnumerateFiles(folder, "*.zone").ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => File.ReadAllText(path)
                .Replace("IN TXT  \"v=spf1 mx ~all\"", "7200 IN TXT \"v=spf1 \" \"mx ~all\"", StringComparison.Ordinal)
                .Replace("IN TXT  \"google", "7200 IN TXT \"google", StringComparison.Ordinal)
                .Replace("IN TXT  \"MS=", "7200 IN TXT \"MS=", StringComparison.Ordinal));
    }
}
