using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Bimi;

public sealed class BimiLogoCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Good = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\"><title>Contoso</title><rect width=\"96\" height=\"96\" fill=\"white\"/><circle r=\"20\"/></svg>";
    private const string Plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\"><rect width=\"96\" height=\"96\" style=\"fill:white\"/><circle r=\"20\"/></svg>";

    private readonly EngineFixture _engine;
    private readonly MarkAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-logo-").FullName;

    public BimiLogoCommandTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(At("good.svg"), Good);
        File.WriteAllText(At("plain.svg"), Plain);
        File.WriteAllText(At("text.svg"), Plain.Replace("<circle", "<text>x</text><circle", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_file_is_judged()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0]", At("good.svg")).EnsureClean();
        Assert.True(result.Property<bool>("Passed"));
        Assert.Equal(("Contoso", 96d, Good.Length), (result.Property<string>("Title"), result.Property<double>("Width"), result.Property<int>("Size")));
        Assert.False(_engine.Invoke("Test-BimiLogo $args[0]", At("plain.svg")).EnsureClean().Property<bool>("Passed"));
    }

    [Fact]
    public void Wildcards_give_one_result_a_file() =>
        Assert.Equal(3, _engine.Invoke("Test-BimiLogo $args[0]", At("*.svg")).EnsureClean().Output.Count);

    [Fact]
    public void A_missing_file_ends_nothing()
    {
        EngineResult result = _engine.Invoke("$args | Test-BimiLogo", At("none.svg"), At("good.svg"));
        Assert.Equal("FileNotFound", Assert.Single(result.ErrorIds));
        Assert.True(result.Property<bool>("Passed"));
    }

    [Fact]
    public void A_conversion_is_written_and_judged()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso", At("plain.svg"), At("out.svg")).EnsureClean();
        Assert.True(result.Property<bool>("Passed"));
        Assert.Contains("tiny-ps", File.ReadAllText(At("out.svg")), StringComparison.Ordinal);
        Assert.Equal(Plain, File.ReadAllText(At("plain.svg")));
    }

    [Fact]
    public void A_packed_conversion_is_read_again()
    {
        _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso", At("plain.svg"), At("out.svgz")).EnsureClean();
        Assert.Equal(0x1F, File.ReadAllBytes(At("out.svgz"))[0]);
        Assert.True(_engine.Invoke("Test-BimiLogo $args[0]", At("out.svgz")).EnsureClean().Property<bool>("Passed"));
    }

    [Fact]
    public void Nothing_is_overwritten_without_Force()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso", At("plain.svg"), At("good.svg"));
        Assert.Equal("FileExists", Assert.Single(result.ErrorIds));
        Assert.Equal(Good, File.ReadAllText(At("good.svg")));
        _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso -Force", At("plain.svg"), At("good.svg")).EnsureClean();
        Assert.NotEqual(Good, File.ReadAllText(At("good.svg")));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso -WhatIf", At("plain.svg"), At("out.svg")).EnsureClean();
        Assert.False(File.Exists(At("out.svg")));
        Assert.False(result.Property<bool>("Passed"));
    }

    [Fact]
    public void What_stands_in_the_way_is_a_warning_and_nothing_is_written()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0] -Convert -OutputPath $args[1] -Title Contoso", At("text.svg"), At("out.svg")).EnsureClean();
        Assert.Contains("convert it to paths", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(At("out.svg")));
        Assert.False(result.Property<bool>("Passed"));
    }

    [Theory]
    [InlineData("Test-BimiLogo -Uri https://contoso.com/logo.svg", "-IncludeHttps")]
    [InlineData("Test-BimiLogo logo.svg -Convert", "-OutputPath")]
    [InlineData("Test-BimiLogo logo.svg -OutputPath out.svg", "-Convert")]
    public void Parameters_that_need_one_another_say_so(string script, string message)
    {
        EngineResult result = _engine.Invoke(script);
        Assert.Equal("InvalidValue", Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loopback_address_is_refused_and_unknown()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo -Uri https://127.0.0.1/logo.svg -IncludeHttps").EnsureClean();
        Assert.False(result.Property<bool>("Passed"));
        Assert.Contains("not a public address", _engine.Invoke("(Test-BimiLogo -Uri https://127.0.0.1/logo.svg -IncludeHttps).Findings[0].Message").Output.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_fetches_only_when_told_to()
    {
        const string planned = "$r = New-BimiRecord example.com -LogoUri https://127.0.0.1/logo.svg; Get-BimiStatus example.com -ZoneFile $args[0] -PlannedRecord $r ";
        string zones = Path.Combine(TestPaths.Root, "examples", "zones", "*.zone");
        string[] without = [.. _engine.Invoke(planned + "| ForEach-Object { $_.Findings.Id }", zones).EnsureClean().Output.Select(item => item.ToString())];
        string[] with = [.. _engine.Invoke(planned + "-IncludeHttps | ForEach-Object { $_.Findings.Id }", zones).EnsureClean().Output.Select(item => item.ToString())];
        Assert.DoesNotContain("BIMI-SVG-UNREACHABLE", without);
        Assert.Contains("BIMI-SVG-UNREACHABLE", with);
    }

    [Fact]
    public void A_mark_certificate_is_judged_with_its_logo()
    {
        Issue("vmc.pem", Good);
        const string script = "Test-BimiLogo $args[0] -CertificatePath $args[1] -RootCertificatePath $args[2] -Domain contoso.com";
        EngineResult result = _engine.Invoke(script, At("good.svg"), At("vmc.pem"), At("root.pem")).EnsureClean();
        Assert.True(result.Property<bool>("Passed"));
        EngineResult text = _engine.Invoke(script + " | ForEach-Object { \"$($_.Certificate)\"; $_.Findings.Id }", At("good.svg"), At("vmc.pem"), At("root.pem")).EnsureClean();
        Assert.Equal("BIMI-VMC-REVOCATION", text.Output[1].ToString());
        Assert.StartsWith("VMC of Contoso Ltd, valid until ", text.Output[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good.svg", "other.pem", "", "BIMI-VMC-LOGO")]
    [InlineData("good.svg", "vmc.pem", "-Domain fabrikam.com", "BIMI-VMC-SAN")]
    [InlineData("good.svg", "vmc.pem", "-Domain contoso.com -Selector brand", null)]
    [InlineData("good.svg", "vmc.pem", "-Domain mail.contoso.com", "BIMI-VMC-SAN")]
    public void What_does_not_belong_together_fails(string logo, string certificate, string more, string? id)
    {
        Issue("vmc.pem", Good);
        Issue("other.pem", Plain);
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0] -CertificatePath $args[1] -RootCertificatePath $args[2] " + more, At(logo), At(certificate), At("root.pem")).EnsureClean();
        Assert.Equal(id is null, result.Property<bool>("Passed"));
        string[] found = [.. _engine.Invoke("(Test-BimiLogo $args[0] -CertificatePath $args[1] -RootCertificatePath $args[2] " + more + ").Findings.Id", At(logo), At(certificate), At("root.pem")).Output.Select(item => item.ToString())];
        Assert.Equal(id is null ? ["BIMI-VMC-REVOCATION"] : new[] { id, "BIMI-VMC-REVOCATION" }.Order(), found.Order());
    }

    [Fact]
    public void A_mark_certificate_alone_is_judged_with_its_own_logo()
    {
        Issue("vmc.pem", Good);
        Issue("plain.pem", Plain);
        Assert.True(_engine.Invoke("Test-BimiLogo -CertificatePath $args[0] -RootCertificatePath $args[1]", At("vmc.pem"), At("root.pem")).EnsureClean().Property<bool>("Passed"));
        EngineResult plain = _engine.Invoke("Test-BimiLogo -CertificatePath $args[0] -RootCertificatePath $args[1]", At("plain.pem"), At("root.pem")).EnsureClean();
        Assert.False(plain.Property<bool>("Passed"));
    }

    [Fact]
    public void Without_roots_the_chain_is_unknown_and_the_logo_has_not_passed()
    {
        Issue("vmc.pem", Good);
        EngineResult result = _engine.Invoke("$r = Test-BimiLogo $args[0] -CertificatePath $args[1]; $r.Passed; ($r.Findings | Where-Object Id -eq BIMI-VMC-CHAIN).Status", At("good.svg"), At("vmc.pem")).EnsureClean();
        Assert.Equal(["False", "Unknown"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Files_in_the_pipeline_share_one_certificate()
    {
        Issue("vmc.pem", Good);
        EngineResult result = _engine.Invoke("$args[2..4] | Test-BimiLogo -CertificatePath $args[0] -RootCertificatePath $args[1] | ForEach-Object Passed", At("vmc.pem"), At("root.pem"), At("good.svg"), At("plain.svg"), At("text.svg")).EnsureClean();
        Assert.Equal(1, result.Output.Count(item => item.ToString() == "True"));
        Assert.Equal(3, result.Output.Count);
    }

    [Theory]
    [InlineData("Test-BimiLogo good.svg -RootCertificatePath root.pem", "InvalidValue", "-CertificatePath")]
    [InlineData("Test-BimiLogo", "InvalidValue", "Give a logo")]
    [InlineData("Test-BimiLogo $args[0] -CertificatePath $args[1]", "FileNotFound", "none.pem")]
    [InlineData("Test-BimiLogo $args[0] -CertificatePath $args[0] -RootCertificatePath $args[0]", "InvalidValue", "no root certificates")]
    [InlineData("Test-BimiLogo $args[0] -CertificatePath $args[0] -Domain 'a..b'", "InvalidDomain", "a..b")]
    [InlineData("Get-BimiStatus contoso.com -IncludeHttps -RootCertificatePath $args[0]", "InvalidValue", "no root certificates")]
    [InlineData("Test-SendingDomain contoso.com -IncludeHttps -BimiRootCertificatePath $args[1]", "FileNotFound", "none.pem")]
    public void Wrong_files_end_the_cmdlet(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script, At("good.svg"), At("none.pem"));
        Assert.Equal(id, Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sending_domain_is_judged_with_its_mark_certificate_only_when_told_to()
    {
        const string planned = "$r = New-BimiRecord example.com -LogoUri https://127.0.0.1/logo.svg -EvidenceUri https://127.0.0.1/vmc.pem; Test-SendingDomain example.com -ZoneFile $args[0] -PlannedRecord $r -IncludeNotApplicable ";
        string zones = Path.Combine(TestPaths.Root, "examples", "zones", "*.zone");
        const string status = "| Where-Object Id -eq BIMI-VMC-CHAIN | ForEach-Object Status";
        Assert.Equal("NotApplicable", _engine.Invoke(planned + status, zones).EnsureClean().Output.Single().ToString());
        Assert.Equal("Unknown", _engine.Invoke(planned + "-IncludeHttps " + status, zones).EnsureClean().Output.Single().ToString());
    }

    private void Issue(string name, string svg)
    {
        byte[] logo = System.Text.Encoding.UTF8.GetBytes(svg);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        File.WriteAllText(At(name), _authority.Chain(new MarkSettings { Logotype = MarkLogotype.Of(logo), NotBefore = now.AddDays(-1), NotAfter = now.AddDays(300) }));
        File.WriteAllText(At("root.pem"), MarkAuthority.Pem(_authority.Root));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
