using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;
using System.Text;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Views;

/// <summary>
/// Every type that a cmdlet writes, as a user at 80 columns sees it, against the files in <c>Views/approved</c>. Set
/// MAILDNS_UPDATE_DOCS=1 to write them anew, and look at the difference before it is committed.
/// </summary>
public sealed class ApprovedViewTests : IClassFixture<EngineFixture>
{
    private const int Width = 80;
    private static readonly string s_folder = Path.Combine(TestPaths.Root, "tests", "MailDns.Module.Tests", "Views", "approved");
    private readonly EngineFixture _engine;

    public ApprovedViewTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseDnsServer("example.com");
    }

    public static TheoryData<string> Types => [.. ViewSamples.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void View_is_as_approved(string type)
    {
        EngineResult result = Run(ViewSamples.Script(type));
        Assert.All(result.Output, item => Assert.Equal("MailDns." + type, item.TypeNames[0]));
        string text = Shown("Plain", result.Render(Width)) + Shown("In colour", result.Render(Width, colour: true)) + Shown("Format-List", result.Render(Width, format: "Format-List"));
        string path = Path.Combine(s_folder, type + ".txt");
        if (Environment.GetEnvironmentVariable("MAILDNS_UPDATE_DOCS") == "1")
            File.WriteAllText(path, text);

        Assert.True(File.Exists(path), "There is no approved view: " + path);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Lines_fit_and_colour_adds_nothing_but_colour(string type)
    {
        EngineResult result = Run(ViewSamples.Script(type));
        foreach (int width in new[] { 60, Width, 120 })
        {
            string plain = result.Render(width);

            Assert.All(plain.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
            Assert.DoesNotContain('\u001b', plain);
            Assert.Equal(plain, new StringDecorated(result.Render(width, colour: true)).ToString(OutputRendering.PlainText));
        }
    }

    // The engine itself breaks lines between words in en-US and inside them in the others.
    [Theory]
    [MemberData(nameof(Types))]
    public void Lines_end_between_words_in_every_culture(string type)
    {
        EngineResult result = Run(ViewSamples.Script(type));
        foreach (int width in new[] { Width, 120 })
        {
            string invariant = result.Render(width);
            Assert.Equal(invariant, result.Render(width, culture: "en-US"));
            Assert.Equal(invariant, result.Render(width, culture: "ru-RU"));
            string list = result.Render(width, format: "Format-List");
            Assert.Equal(list, result.Render(width, culture: "en-US", format: "Format-List"));
            Assert.Equal(list, result.Render(width, culture: "ru-RU", format: "Format-List"));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Copies_of_jobs_and_files_look_the_same(string type)
    {
        EngineResult live = Run(ViewSamples.Script(type));
        foreach (int depth in new[] { 1, 2 })
        {
            EngineResult copies = Run(ViewSamples.CopyScript(type, depth));

            Assert.All(copies.Output, item => Assert.Equal("Deserialized.MailDns." + type, item.TypeNames[0]));
            Assert.Equal(live.Render(Width), copies.Render(Width));
            Assert.Equal(live.Render(Width, colour: true), copies.Render(Width, colour: true));
            Assert.Equal(live.Render(Width, format: "Format-List"), copies.Render(Width, format: "Format-List"));
        }
    }

    [Fact]
    public void Every_output_type_has_an_approved_view_and_no_file_is_left_over()
    {
        string[] types = [.. OutputTypes().Order(StringComparer.Ordinal)];

        Assert.Empty(types.Except(Approved()));
        Assert.Empty(Approved().Except(types));
        Assert.Equal(types, ViewSamples.Types.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Approved() => Directory.GetFiles(s_folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!);

    private EngineResult Run(string script)
    {
        EngineResult result = _engine.Invoke(script, TestPaths.Root).EnsureClean();
        Assert.NotEmpty(result.Output);
        return result;
    }

    private IEnumerable<string> OutputTypes() => ModuleCmdlets.All(_engine)
        .SelectMany(cmdlet => cmdlet.Type.GetCustomAttributes<OutputTypeAttribute>())
        .SelectMany(attribute => attribute.Type)
        .Select(output => output.Type)
        .OfType<Type>()
        .Where(type => type.Namespace?.StartsWith("MailDns", StringComparison.Ordinal) == true)
        .Select(type => type.Name)
        .Distinct();

    // The folder of this checkout is no part of a view, and ESC is not for a text file.
    private static string Shown(string title, string text)
    {
        var lines = new StringBuilder("== " + title + "\n");
        foreach (string line in text.Replace("\u001b", "\\e", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim('\n').Split('\n'))
            lines.Append(line.TrimEnd()).Append('\n');
        return lines.Append('\n').ToString();
    }
}
