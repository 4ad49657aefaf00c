using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Xml.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>What users see: the views and the type data.</summary>
public class ViewTests : IClassFixture<EngineFixture>
{
    private const string Deserialized = "Deserialized.";
    private static readonly string s_formats = Path.Combine(TestPaths.ModuleBase, "module", "MailDns.Format.ps1xml");
    private static readonly string s_types = Path.Combine(TestPaths.ModuleBase, "module", "MailDns.Types.ps1xml");
    private readonly EngineFixture _engine;

    public ViewTests(EngineFixture engine)
    {
        _engine = engine;
    }

    [Fact]
    public void Files_load()
    {
        Assert.NotNull(new FormatTable([s_formats]));
        Assert.NotNull(new TypeTable([s_types]));
    }

    [Fact]
    public void Records_are_a_table_that_fits_80_columns()
    {
        string text = _engine.Invoke($"{Sample.Txt}; {Sample.LongTxt}; {Sample.Cname}; {Sample.Mx}").Render(80);

        Assert.Equal(
            """

               Zone: contoso.com

            Name                     Type     TTL Value
            ----                     ----     --- -----
            @                        TXT      300 v=spf1 include:spf.example.net -all
            sel._domainkey           TXT     3600 v=DKIM1; k=rsa; p=QUJDQUJDQUJDQUJDQUJDQUJ
                                                  DQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD
                                                  QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQ
                                                  UJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQU
                                                  JDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJ
                                                  DQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD
                                                  QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQ
                                                  UJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQU
                                                  JDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJ
                                                  DQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD
            trk                      CNAME   3600 trk.example.net
            @                        MX      3600 10 mx.contoso.com


            """.ReplaceLineEndings(),
            text);
    }

    [Fact]
    public void A_plan_shows_its_records_and_its_reason()
    {
        string text = _engine.Invoke("New-SpfRecord contoso.com -Include spf.example.net | Compare-SendingDomain -ExistingRecord (New-SpfRecord contoso.com -IPv4 8.8.8.8)").Render(80);

        Assert.Contains("- v=spf1 ip4:8.8.8.8", text, StringComparison.Ordinal);
        Assert.Contains("+ v=spf1 ip4:8.8.8.8 include:spf.example.net", text, StringComparison.Ordinal);
    }

    // The engine takes the first overload that an object can be made to fit.
    [Fact]
    public void Views_call_no_overloaded_method() =>
        Assert.Empty(_engine.Invoke("[MailDns.ViewText].GetMethods() | Where-Object IsStatic | Group-Object Name | Where-Object Count -gt 1 | ForEach-Object Name").Output);

    [Fact]
    public void List_has_the_whole_text()
    {
        string text = _engine.Invoke($"{Sample.LongTxt}").Render(80, format: "Format-List");
        string joined = string.Concat(text.Split('\n').Select(line => line.Trim()));

        Assert.Contains("Value      : v=DKIM1; k=rsa; p=" + string.Concat(Enumerable.Repeat("QUJD", 98)) + "Octets", joined, StringComparison.Ordinal);
        Assert.Contains("Strings    : \"v=DKIM1;", joined, StringComparison.Ordinal);
        Assert.Contains("TimeToLive : 01:00:00 (3600 s)", joined, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Short_text_and_aliases_have_no_strings()
    {
        string text = _engine.Invoke($"{Sample.Txt}, {Sample.Cname}").Render(80, format: "Format-List");

        Assert.DoesNotContain("Strings", text, StringComparison.Ordinal);
        Assert.Contains("Value      : trk.example.net", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sample.Txt)]
    [InlineData(Sample.LongTxt)]
    [InlineData(Sample.Cname)]
    [InlineData(Sample.Mx)]
    public void Deserialized_record_looks_the_same(string record)
    {
        Assert.Equal(_engine.Invoke(record).Render(80), _engine.Invoke(Sample.Copy(record)).Render(80));
        Assert.Equal(_engine.Invoke(record).Render(80, format: "Format-List"), _engine.Invoke(Sample.Copy(record)).Render(80, format: "Format-List"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" | Format-List")]
    public void Nothing_in_a_text_reaches_the_terminal_raw(string format)
    {
        string hostile = "[MailDns.TxtRecord]::new('contoso.com', '@', \"a`u{1b}]0;pwn`a`u{9b}31m`r`n`u{7f}`0b\", [timespan]::FromHours(1), 'Other')";
        foreach (string record in new[] { hostile, Sample.Copy(hostile) })
        {
            string text = _engine.Invoke(record + format).Render(120, colour: true);

            Assert.DoesNotContain("\u001b]", text, StringComparison.Ordinal);
            Assert.Contains(@"a\027]0;pwn\007\15531m\013\010\127\000b", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, c => c is '\u009b' or '\u007f' or '\0' or '\a');
        }
    }

    [Fact]
    public void Check_results_are_grouped_by_domain_and_wrapped()
    {
        string message = string.Join(' ', Enumerable.Repeat("word", 30));
        string text = _engine.Invoke($"{Sample.Check("Fail", message: message)}; {Sample.Check("NotApplicable")}; {Sample.Check("Unknown", domain: "fabrikam.com")}").Render(80);

        Assert.Equal(["Domain: contoso.com", "Domain: fabrikam.com"], text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Domain", StringComparison.Ordinal)));
        Assert.Equal(30, text.Split("word").Length - 1);
        Assert.Contains("N/A     SPF-LOOKUP-LIMIT", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Theory]
    [InlineData("Pass", "\u001b[32m")]
    [InlineData("Fail", "\u001b[91m")]
    [InlineData("Warning", "\u001b[33m")]
    [InlineData("Unknown", "\u001b[35m")]
    public void Status_is_a_word_with_a_colour_where_the_host_can(string status, string colour)
    {
        EngineResult result = _engine.Invoke(Sample.Check(status));

        Assert.Contains(colour + status + "\u001b[0m", result.Render(80, colour: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Render(80));
        Assert.Contains(status, result.Render(80), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_result_list_tells_all()
    {
        string text = _engine.Invoke(Sample.Check("Fail") + " | Format-List").Render(120);

        foreach (string line in new[] { "Domain", "Id", "Title", "Area", "Status", "Severity", "Message", "Expected", "Actual", "Recommendation", "Reference" })
            Assert.Contains(Environment.NewLine + line.PadRight(14) + " : ", text, StringComparison.Ordinal);
        Assert.Contains("Record         : contoso.com TXT v=spf1 include:spf.example.net -all", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Views_run_under_strict_mode()
    {
        EngineResult result = _engine.Invoke($"Set-StrictMode -Version Latest; {Sample.Txt}, {Sample.Check("Fail")} | Out-String; {Sample.LongTxt} | Format-List | Out-String; {Sample.Check("Fail")} | Format-List | Out-String").EnsureClean();

        Assert.Equal(3, result.Output.Count);
        Assert.All(result.Output, text => Assert.Contains("contoso.com", text.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_view_names_the_deserialized_twin()
    {
        foreach (XElement view in XDocument.Load(s_formats).Descendants("ViewSelectedBy"))
        {
            string[] names = [.. view.Elements("TypeName").Select(name => name.Value)];
            string[] live = [.. names.Where(name => !name.StartsWith(Deserialized, StringComparison.Ordinal))];

            Assert.Equal(live.Select(name => Deserialized + name), names.Except(live));
        }
    }

    [Fact]
    public void Script_blocks_call_no_cmdlet_and_use_the_syntax_of_5_1()
    {
        foreach (XElement script in XDocument.Load(s_formats).Descendants("ScriptBlock"))
        {
            ScriptBlockAst tree = Parser.ParseInput(script.Value, out Token[] tokens, out ParseError[] errors);

            Assert.Empty(errors);
            Assert.Empty(tree.FindAll(node => node is CommandAst or TernaryExpressionAst or PipelineChainAst, searchNestedScriptBlocks: true));
            Assert.DoesNotContain(tokens, token => token.Kind is TokenKind.QuestionQuestion or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot);
        }
    }

    [Fact]
    public void Every_property_that_a_view_names_exists() => Assert.Empty(MissingProperties());

    [Fact]
    public void Choices_are_text_once_deserialized()
    {
        // The engine copies an enum as its number, once it is a level down: -eq 'Fail' would never match.
        EngineResult result = _engine.Invoke($$"""
            $check = {{Sample.Copy("Get-SendingDomainCheck -Id SPF-* | Where-Object Severity -eq Error | Select-Object -First 1", 3)}}
            $record = {{Sample.Copy(Sample.Txt, 3)}}
            $check.Severity -eq 'Error'; $check.Area -eq 'Spf'; $record.Purpose -eq 'Spf'
            """).EnsureClean();

        Assert.All(result.Output, value => Assert.Equal(true, value.BaseObject));
    }

    [Fact]
    public void Every_choice_of_a_property_is_text_once_deserialized()
    {
        XDocument types = XDocument.Load(s_types);
        IEnumerable<string> copiedByName =
            from entry in types.Descendants("Type")
            where entry.Descendants("NoteProperty").Any(note => note.Element("Name")!.Value == "SerializationMethod" && note.Element("Value")!.Value == "String")
            select entry.Element("Name")!.Value;
        Type[] choices = [..
            (from type in OutputTypes().First().Assembly.GetExportedTypes()
             from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
             from kind in (Type[])[property.PropertyType, .. property.PropertyType.GetGenericArguments()]
             where kind.IsEnum && kind.Namespace == type.Namespace
             select kind).Distinct()];

        Assert.Empty(choices.Select(type => type.FullName).Except(copiedByName));
        PSObject[] copies = [.. _engine.Invoke("foreach ($choice in $args[0]) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($choice)) }", (object)choices.Select(type => Enum.GetValues(type).GetValue(0)).ToArray()).EnsureClean().Output];
        Assert.Equal(choices.Select(type => Enum.GetValues(type).GetValue(0)!.ToString()), copies.Select(copy => copy.BaseObject));
    }

    [Fact]
    public void Every_output_type_has_a_view()
    {
        HashSet<string> viewed = [.. XDocument.Load(s_formats).Descendants("TypeName").Select(name => name.Value)];
        Assert.Empty(OutputTypes().Where(type => !Bases(type).Any(name => viewed.Contains(name))).Select(type => type.FullName));
    }

    private IEnumerable<Type> OutputTypes()
    {
        return ModuleCmdlets.All(_engine)
            .SelectMany(cmdlet => cmdlet.Type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(attribute => attribute.Type)
            .Select(output => output.Type)
            .OfType<Type>()
            .Where(type => type.Namespace?.StartsWith("MailDns", StringComparison.Ordinal) == true)
            .Distinct();
    }

    private static IEnumerable<string> Bases(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
            yield return current.FullName!;
    }

    private IEnumerable<string> MissingProperties()
    {
        Assembly core = ((CmdletInfo)_engine.Invoke("Get-Command Get-SendingDomainCheck").Single().BaseObject).OutputType[0].Type.Assembly;
        HashSet<(string Type, string Name)> aliases = [.. XDocument.Load(s_types).Descendants("AliasProperty").Select(alias => (alias.Ancestors("Type").First().Element("Name")!.Value, alias.Element("Name")!.Value))];
        foreach (XElement view in XDocument.Load(s_formats).Descendants("View"))
        {
            string typeName = view.Element("ViewSelectedBy")!.Elements("TypeName").First().Value;
            if (core.GetType(typeName) is not { } type)
                continue;
            IEnumerable<string> named = view.Descendants("PropertyName").Select(name => name.Value)
                .Concat(view.Descendants("ScriptBlock").SelectMany(script => PropertiesOfItem(script.Value)));
            foreach (string name in named.Distinct())
            {
                bool known = type.GetProperty(name) is not null || aliases.Contains((typeName, name))
                    || core.GetTypes().Any(derived => derived.IsSubclassOf(type) && derived.GetProperty(name) is not null);
                if (!known)
                    yield return typeName + "." + name;
            }
        }
    }

    // $_.Name, one level: what a script block reads of the object it is given.
    private static IEnumerable<string> PropertiesOfItem(string script)
    {
        return Parser.ParseInput(script, out _, out _)
            .FindAll(node => node is MemberExpressionAst and not InvokeMemberExpressionAst, searchNestedScriptBlocks: true)
            .Cast<MemberExpressionAst>()
            .Where(member => member.Expression is VariableExpressionAst { VariablePath.UserPath: "_" })
            .Select(member => member.Member.Extent.Text);
    }
}
