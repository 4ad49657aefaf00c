using System;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The shell's stand-ins for cmdlets that the engine lacks.</summary>
public class ShellCommandTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public ShellCommandTests(EngineFixture engine)
    {
        _engine = engine;
    }

    [Theory]
    [InlineData("Write-Output 1, 2", "1 2")]
    [InlineData("1..5 | Select-Object -First 2", "1 2")]
    [InlineData("1..5 | Select-Object -Last 2", "4 5")]
    [InlineData("1..5 | Select-Object -Skip 1 -First 2", "2 3")]
    [InlineData("1..5 | Select-Object -Skip 1 -Last 2", "3 4")]
    [InlineData("1, 1, 2 | Select-Object -Unique", "1 2")]
    [InlineData("[pscustomobject]@{ A = 1; B = 2; AB = 3 } | Select-Object A* | ForEach-Object { $_.PSObject.Properties.Name }", "A AB")]
    [InlineData("[pscustomobject]@{ A = 1 } | Select-Object A, @{ n = 'Twice'; e = { $_.A * 2 } } | ForEach-Object Twice", "2")]
    [InlineData("[pscustomobject]@{ A = 1, 2 } | Select-Object -ExpandProperty A", "1 2")]
    [InlineData("3, 1, 2 | Sort-Object", "1 2 3")]
    [InlineData("3, 1, 2 | Sort-Object -Descending", "3 2 1")]
    [InlineData("'b', 'A', 'c' | Sort-Object", "A b c")]
    [InlineData("[pscustomobject]@{ A = 2 }, [pscustomobject]@{ A = 1 } | Sort-Object A | ForEach-Object A", "1 2")]
    [InlineData("1, 2, 1 | Group-Object | ForEach-Object { '{0}x{1}' -f $_.Name, $_.Count }", "1x2 2x1")]
    [InlineData("(1..4 | Measure-Object).Count", "4")]
    [InlineData("(1..4 | Measure-Object -Sum).Sum", "10")]
    [InlineData("Join-Path a b c | ForEach-Object { $_.Replace([string][char]92, '/') }", "a/b/c")]
    [InlineData("Split-Path -Leaf /a/b.txt; Split-Path -LeafBase /a/b.txt; Split-Path -Extension /a/b.txt", "b.txt b .txt")]
    [InlineData("Test-Path env:PATH; Test-Path nowhere-at-all", "True False")]
    [InlineData("@{ a = 1, 'x', $null, $true } | ConvertTo-Json -Compress", """{"a":[1,"x",null,true]}""")]
    [InlineData("ConvertTo-Json -Compress -InputObject ([MailDns.CheckStatus]::Fail) -EnumsAsStrings", "\"Fail\"")]
    [InlineData("(New-Object System.Text.StringBuilder 'abc').Length; (New-Object psobject -Property @{ Q = 1 }).Q", "3 1")]
    [InlineData("Get-Date -Date ([datetime]::new(2026, 1, 2)) -Format yyyy-MM-dd", "2026-01-02")]
    [InlineData("'x' | Get-Member -Name Length | ForEach-Object Name", "Length")]
    public void Gives(string script, string expected)
    {
        Assert.Equal(expected, string.Join(' ', _engine.Invoke(script).EnsureClean().Output));
    }

    [Fact]
    public void Select_First_stops_what_comes_before()
    {
        EngineResult result = _engine.Invoke("$n = 0; 1..1000000 | ForEach-Object { $n++; $_ } | Select-Object -First 3 > $null; $n").EnsureClean();

        Assert.Equal(3, result.Single<int>());
    }

    [Fact]
    public void Out_String_renders_views_at_its_width()
    {
        string text = _engine.Invoke($"{Sample.Txt} | Out-String -Width 60").Single<string>();

        Assert.Contains("Zone: contoso.com", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 60, line));
    }

    [Fact]
    public void Content_round_trips()
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            EngineResult result = _engine.Invoke("param($path) 'a', 'b' | Set-Content -LiteralPath $path; Get-Content -LiteralPath $path; Get-Content $path -Raw", path).EnsureClean();

            Assert.Equal(["a", "b", "a" + Environment.NewLine + "b" + Environment.NewLine], result.Output.Select(item => item.ToString()));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData("Get-Content nowhere-at-all", "PathNotFound")]
    [InlineData("Resolve-Path nowhere-at-all", "PathNotFound")]
    [InlineData("[pscustomobject]@{ A = 1 } | Select-Object -ExpandProperty B", "ExpandPropertyNotFound")]
    [InlineData("New-Object No.Such.Type", "TypeNotFound")]
    public void Fails(string script, string error)
    {
        Assert.Equal([error], _engine.Invoke(script).ErrorIds);
    }

    [Fact]
    public void Stand_ins_are_no_part_of_the_module()
    {
        Assert.Equal(string.Empty, _engine.Invoke("(Get-Command Select-Object).ModuleName").Single<string>());
    }
}
