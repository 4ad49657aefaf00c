using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Bimi;

public sealed class BimiLogoCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Good = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\"><title>Contoso</title><rect width=\"96\" height=\"96\" fill=\"white\"/><circle r=\"20\"/></svg>";
    private const string Plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\"><rect width=\"96\" height=\"96\" style=\"fill:white\"/><circle r=\"20\"/></svg>";

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-logo-").FullName;

    public BimiLogoCommandTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(At("good.svg"), Good);
        File.WriteAllText(At("plain.svg"), Plain);
        File.WriteAllText(At("text.svg"), Plain.Replace("<circle", "<text>x</text><circle", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_judged()
    {
        EngineResult result = _engine.Invoke("Test-BimiLogo $args[0]", At("good.svg")).EnsureClean();
        Assert.True(result.Property<bool>("Passed"));
        Assert.Equal(("Contoso", 96d, Good.Length), (result.Property<string>("Title"), result.Property<double>("Width"), result.Property<int>("Size")));
        Assert.False(_engine.Invoke("Test-BimiLogo $args[0]", At("plain.svg")).EnsureClean().Property<bool>("Passed"));
    }

    [Fact]
    public void Wildcards_give_one_result_a_file()
    {
        Assert.Equal(3, _engine.Invoke("Test-BimiLogo $args[0]", At("*.svg")).EnsureClean().Output.Count);
    }

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
        Assert.Contains("not of the public Internet", _engine.Invoke("(Test-BimiLogo -Uri https://127.0.0.1/logo.svg -IncludeHttps).Findings[0].Message").Output.Single().ToString(), StringComparison.Ordinal);
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

    private string At(string name) => Path.Combine(_folder, name);
}
