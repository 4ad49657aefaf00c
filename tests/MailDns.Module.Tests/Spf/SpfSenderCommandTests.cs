using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Spf;

public sealed class SpfSenderCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-spf-").FullName;

    public SpfSenderCommandTests(EngineFixture engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Zone(string records)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName() + ".zone");
        File.WriteAllText(path, "$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\n" + records + "\n");
        return "'" + path + "'";
    }

    [Theory]
    [InlineData("New-SpfRecord example.com", "v=spf1 -all")]
    [InlineData("New-SpfRecord example.com -Include spf.akmta.net", "v=spf1 include:spf.akmta.net -all")]
    [InlineData("New-SpfRecord example.com -Include spf.akmta.net -A '' -Mx '@' -IPv4 8.8.8.0/24 -IPv6 2606:4700::/32 -All SoftFail", "v=spf1 ip4:8.8.8.0/24 ip6:2606:4700::/32 a mx include:spf.akmta.net ~all")]
    [InlineData("New-SpfRecord example.com -Redirect _spf.example.net", "v=spf1 redirect=_spf.example.net")]
    public void A_record_says_what_was_asked(string script, string text)
    {
        EngineResult result = _engine.Invoke(script).EnsureClean();

        Assert.Equal((text, "@", "example.com"), (result.Property<string>("Value"), result.Property<string>("Name"), result.Property<string>("ZoneName")));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void What_is_weak_is_warned_about()
    {
        EngineResult result = _engine.Invoke("New-SpfRecord example.com -All Pass").EnsureClean();

        Assert.Equal("v=spf1 +all", result.Property<string>("Value"));
        Assert.Contains("every host of the Internet", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-SpfRecord example.com -IPv4 8.8.8.256", "InvalidRecord", "8.8.8.256")]
    [InlineData("New-SpfRecord example.com -Include localhost", "InvalidRecord", "single label")]
    [InlineData("New-SpfRecord example.com -Include example.com", "InvalidValue", "never ends")]
    [InlineData("New-SpfRecord example.com -Redirect a.example.net -All Fail", "InvalidValue", "exclude each other")]
    [InlineData("Test-SpfSender 8.8.8.8 -ZoneFile {zone}", "InvalidValue", "Specify -Sender")]
    public void A_wrong_value_is_an_error_that_ends_nothing(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script.Replace("{zone}", Zone(string.Empty), StringComparison.Ordinal) + "; 'goes on'");

        Assert.Equal(id, Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("goes on", result.Output.Single().BaseObject);
    }

    [Fact]
    public void Sender_ID_comes_with_a_warning()
    {
        EngineResult result = _engine.Invoke("New-SenderIdRecord example.com -Include spf.akmta.net").EnsureClean();

        Assert.Equal("spf2.0/pra include:spf.akmta.net -all", result.Property<string>("Value"));
        Assert.Contains("Historic", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8 -Sender a@example.com", "Pass", "ip4:8.8.8.0/24")]
    [InlineData("8.8.4.4 -Sender a@example.com", "Fail", "-all")]
    [InlineData("::ffff:8.8.8.8 -Sender '' -Helo example.com", "Pass", "ip4:8.8.8.0/24")]
    [InlineData("8.8.8.8 -Domain example.com", "Pass", "ip4:8.8.8.0/24")]
    [InlineData("8.8.8.8 -Sender a@other.example.com -Domain example.com", "Pass", "ip4:8.8.8.0/24")]
    [InlineData("8.8.8.8 -Sender a@sub.example.com", "None", null)]
    [InlineData("8.8.8.8 -Sender a@outside.example", "TempError", null)]
    public void A_client_is_judged(string arguments, string verdict, string? mechanism)
    {
        string zone = Zone("@ TXT \"v=spf1 include:_spf.example.com -all\"\n_spf TXT \"v=spf1 ip4:8.8.8.0/24 -all\"\nsub A 8.8.8.8");
        EngineResult result = _engine.Invoke("$r = Test-SpfSender " + arguments + " -ZoneFile " + zone + "; $r.Result; $r.Mechanism").EnsureClean();

        Assert.Equal(verdict + "|" + mechanism, string.Join('|', result.Output));
    }

    [Fact]
    public void Clients_come_by_the_pipeline()
    {
        string zone = Zone("@ TXT \"v=spf1 ip4:8.8.8.8 ~all\"");
        EngineResult result = _engine.Invoke("('8.8.8.8', '8.8.4.4' | Test-SpfSender -Sender a@example.com -ZoneFile " + zone + ").Result").EnsureClean();

        Assert.Equal("Pass|SoftFail", string.Join('|', result.Output));
    }

    [Fact]
    public void A_status_tells_what_is_wrong_and_carries_the_correction()
    {
        string zone = Zone("@ TXT \"v=spf1 ipv4:8.8.8.8 ~all\"\n@ TXT \"spf2.0/pra ?all\"");
        EngineResult result = _engine.Invoke("$s = Get-SpfStatus example.com -ZoneFile " + zone + "; $s.IsValid; $s.All; $s.Findings.Id; $s.Findings.Record.Value; (Get-SenderIdStatus example.com -ZoneFile " + zone + ").Scopes").EnsureClean();

        Assert.Equal("False|SoftFail|SPF-UNKNOWN-MECH|v=spf1 ip4:8.8.8.8 ~all|pra", string.Join('|', result.Output));
    }

    [Fact]
    public void A_planned_record_is_judged_before_it_is_published()
    {
        string zone = Zone("@ TXT \"v=spf1 -all\"");
        EngineResult result = _engine.Invoke("$r = New-SpfRecord example.com -IPv4 8.8.8.8; (Test-SpfSender 8.8.8.8 -Sender a@example.com -PlannedRecord $r -ZoneFile " + zone + ").Result").EnsureClean();

        Assert.Equal("Pass", string.Join('|', result.Output));
    }
}
