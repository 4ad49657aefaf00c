using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The rules that PowerShell's cmdlet guidelines set, for every cmdlet of the assembly.</summary>
public class CmdletRuleTests : IClassFixture<EngineFixture>
{
    private static readonly string[] s_singularInS = ["Status", "Dns", "MtaSts", "Address", "DomainKeys", "Exists"];
    private static readonly HashSet<string> s_common = new(
        [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters, "Profile", "Db", "Ea", "Ev", "Ov", "Ob", "Vb", "Wa", "Wv", "Iv", "Infa", "Pv", "Wi", "Cf"],
        StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<ModuleCmdlets> _cmdlets;

    public CmdletRuleTests(EngineFixture engine)
    {
        _cmdlets = ModuleCmdlets.All(engine);
    }

    [Fact]
    public void Verbs_are_approved()
    {
        HashSet<string> approved = [.. typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)];

        Check(cmdlet => approved.Contains(cmdlet.Attribute.VerbName) ? null : "verb " + cmdlet.Attribute.VerbName);
    }

    [Fact]
    public void Nouns_are_singular() => Check(cmdlet => IsSingular(cmdlet.Attribute.NounName) ? null : "noun " + cmdlet.Attribute.NounName);

    [Fact]
    public void Classes_are_public_sealed_and_named_after_the_cmdlet()
    {
        Check(cmdlet =>
        {
            string expected = cmdlet.Name.Replace("-", string.Empty, StringComparison.Ordinal) + "Command";
            return cmdlet.Type.IsPublic && cmdlet.Type.IsSealed && cmdlet.Type.Namespace == "MailDns.Commands" && cmdlet.Type.Name == expected ? null : "class " + cmdlet.Type.FullName;
        });
    }

    [Fact]
    public void Output_is_declared()
    {
        // Only a cmdlet that writes files or changes zones may give nothing.
        Check(cmdlet => cmdlet.Type.GetCustomAttributes<OutputTypeAttribute>().Any() || cmdlet.Attribute.SupportsShouldProcess ? null : "no OutputType");
    }

    [Fact]
    public void Changes_can_be_tried()
    {
        string[] changing = ["Publish", "Export", "Set", "Remove-Item", "Clear"];
        Check(cmdlet => !changing.Contains(cmdlet.Attribute.VerbName) || cmdlet.Attribute.SupportsShouldProcess ? null : "no ShouldProcess");
    }

    [Fact]
    public void Parameters_take_no_common_name()
    {
        CheckParameters((_, parameter) => s_common.Contains(parameter.Name) || parameter.GetCustomAttributes<AliasAttribute>().Any(alias => alias.AliasNames.Any(s_common.Contains))
            ? "common name"
            : null);
    }

    [Fact]
    public void Parameters_are_pascal_case_and_singular()
    {
        CheckParameters((_, parameter) => char.IsUpper(parameter.Name[0]) && (IsSingular(parameter.Name) || parameter.Name is "IncludeHttps" or "Exists") ? null : "name");
    }

    [Fact]
    public void Switches_are_no_booleans() =>
        CheckParameters((_, parameter) => parameter.PropertyType == typeof(bool) || parameter.PropertyType == typeof(bool?) ? "bool" : null);

    [Fact]
    public void One_parameter_a_set_takes_the_pipeline_by_value()
    {
        Check(cmdlet =>
        {
            var info = new CmdletInfo(cmdlet.Name, cmdlet.Type);
            IEnumerable<string> crowded = info.ParameterSets
                .Where(set => set.Parameters.Count(parameter => parameter.ValueFromPipeline) > 1)
                .Select(set => set.Name);
            return crowded.Any() ? "sets " + string.Join(' ', crowded) : null;
        });
    }

    [Fact]
    public void Default_set_exists()
    {
        Check(cmdlet =>
        {
            var info = new CmdletInfo(cmdlet.Name, cmdlet.Type);
            string? wanted = cmdlet.Attribute.DefaultParameterSetName;
            return wanted is null || info.ParameterSets.Any(set => set.Name == wanted) ? null : "no set " + wanted;
        });
    }

    [Fact]
    public void No_type_of_an_adapter_is_public()
    {
        Assembly[] assemblies = [_cmdlets[0].Type.Assembly, _cmdlets[0].Type.BaseType!.Assembly];
        Assert.All(assemblies, assembly => Assert.DoesNotContain(assembly.GetReferencedAssemblies(), name => name.Name is "DnsClient" or "Newtonsoft.Json"));
    }

    private static bool IsSingular(string name) =>
        !name.EndsWith('s') || name.EndsWith("ss", StringComparison.Ordinal) || s_singularInS.Any(word => name.EndsWith(word, StringComparison.Ordinal));

    private void Check(Func<ModuleCmdlets, string?> rule)
    {
        string[] faults = [.. _cmdlets.Select(cmdlet => (cmdlet.Name, Fault: rule(cmdlet))).Where(pair => pair.Fault is not null).Select(pair => pair.Name + ": " + pair.Fault)];
        Assert.Empty(faults);
    }

    private void CheckParameters(Func<ModuleCmdlets, PropertyInfo, string?> rule)
    {
        Check(cmdlet =>
        {
            IEnumerable<string> faults = cmdlet.Type.GetProperties()
                .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any())
                .Select(property => (property.Name, Fault: rule(cmdlet, property)))
                .Where(pair => pair.Fault is not null)
                .Select(pair => $"-{pair.Name}: {pair.Fault}");
            string text = string.Join("; ", faults);
            return text.Length == 0 ? null : text;
        });
    }
}
