using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Dmarc;

public class DmarcAlignmentCommandTests : IClassFixture<EngineFixture>
{
    private const string Planned =
        "param($zones) $planned = @((New-DmarcRecord example.com -Rua d@example.com), "
        + "[MailDns.CnameRecord]::new('example.com', 'ac-bounces', 'akmta.net', '01:00:00', 'Bounce'), "
        + "[MailDns.TxtRecord]::new('example.com', 'ak._domainkey', 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', '01:00:00', 'Dkim')); ";

    private static readonly string s_zones = Path.Combine(TestPaths.Root, "examples", "zones", "*.zone");

    private readonly EngineFixture _engine;

    public DmarcAlignmentCommandTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("-BounceDomain ac-bounces -DkimDomain example.com -Selector ak -IPAddress 192.0.2.7", true, true, "SPF and DKIM")]
    [InlineData("-BounceDomain ac-bounces.example.com -IPAddress 192.0.2.7", true, true, "SPF")]
    [InlineData("-BounceDomain ac-bounces.example.com -IPAddress 198.51.100.7", false, false, null)]
    [InlineData("-BounceDomain akmta.net -IPAddress 192.0.2.7", false, true, null)]
    [InlineData("-DkimDomain example.com -Selector ak", true, null, "DKIM")]
    [InlineData("-DkimDomain example.com -Selector other", false, null, null)]
    public void Planned_records_are_judged_offline(string parameters, bool passed, bool? spfPassed, string? path)
    {
        EngineResult result = _engine.Invoke(Planned + "Test-DmarcAlignment example.com -ZoneFile $zones -PlannedRecord $planned " + parameters, s_zones).EnsureClean();
        Assert.Equal((passed, path), (result.Property<bool?>("Passed"), result.Property<string?>("Path")));
        if (spfPassed is not null) Assert.Equal(spfPassed, result.Property<bool?>("SpfPassed"));
    }

    [Fact]
    public void A_profile_says_how_mail_is_sent()
    {
        EngineResult result = _engine.Invoke(Planned + "Test-DmarcAlignment example.com -Provider altcraft -ProviderValue @{ bounceHost = 'ac-bounces' } -ZoneFile $zones -PlannedRecord $planned", s_zones).EnsureClean();
        Assert.Equal((true, "SPF and DKIM", "ac-bounces.example.com"), (result.Property<bool?>("Passed"), result.Property<string>("Path"), result.Property<string>("BounceDomain")));
        Assert.Equal("example.com", Assert.Single(result.Property<string[]>("DkimDomain")!));

        EngineResult today = _engine.Invoke("param($zones) Test-DmarcAlignment example.com -Provider altcraft -ZoneFile $zones -PlannedRecord (New-DmarcRecord example.com -Rua d@example.com)", s_zones).EnsureClean();
        Assert.Equal(false, today.Property<bool?>("Passed"));
        Assert.Contains("ac-bounces.example.com has no SPF record", today.Property<string>("Reason"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_outside_the_zone_files_is_unknown()
    {
        EngineResult result = _engine.Invoke("param($zones) Test-DmarcAlignment contoso.org -DkimDomain contoso.org -ZoneFile $zones", s_zones).EnsureClean();
        Assert.Null(result.Property<bool?>("Passed"));
        Assert.Contains("outside the zone files", result.Property<string>("Reason"), StringComparison.Ordinal);
        Assert.Matches("Passed +: Unknown", result.Text);
    }

    [Fact]
    public void Nothing_said_of_the_mail_is_an_error()
    {
        EngineResult result = _engine.Invoke("Test-DmarcAlignment example.com");
        Assert.Equal("InvalidValue", Assert.Single(result.ErrorIds));
        Assert.Empty(result.Output);
    }

    [Fact]
    public void One_bad_domain_does_not_end_the_rest()
    {
        EngineResult result = _engine.Invoke("param($zones) 'example', 'example.com' | Test-DmarcAlignment -DkimDomain example.com -ZoneFile $zones -PlannedRecord (New-DmarcRecord example.com -Rua d@example.com)", s_zones);
        Assert.Equal("InvalidDomain", Assert.Single(result.ErrorIds));
        Assert.Equal(true, result.Property<bool?>("Passed"));
    }
}
