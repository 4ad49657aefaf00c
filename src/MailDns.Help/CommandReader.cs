using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MailDns.Help;

/// <summary>Reads the cmdlets of the module as the engine sees them, with the texts of the sources.</summary>
internal sealed class CommandReader(XmlDocs docs)
{
    private static readonly HashSet<string> s_common = new(
        [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_subjects = ["SenderId", "MtaSts", "TlsRpt", "ReverseDns"];

    // Cmdlets for one task whose names do not begin with the same record.
    private static readonly string[][] s_tasks =
    [
        ["Test-SendingDomain", "Get-SendingDomainStatus", "Get-SendingDomainCheck", "New-SendingDomainTest", "Export-SendingDomainReport", "Compare-SendingDomainResult"],
        ["New-SendingDomainRecord", "New-ParkedDomainRecord", "Compare-SendingDomain", "Publish-SendingDomainRecord", "Wait-SendingDomainRecord"],
        ["Find-SendingProvider", "Get-SendingProvider", "Get-DomainConnectStatus", "New-SendingDomainRecord"],
        ["ConvertFrom-DnsZone", "ConvertTo-DnsRecordText", "ConvertTo-DnsServerParameter", "ConvertTo-AzDnsParameter", "Publish-SendingDomainRecord"],
        ["Import-MailReport", "Measure-DmarcReport", "Measure-TlsReport", "Test-DmarcReadiness"],
        ["Get-MxStatus", "New-MxRecord", "New-NullMxRecord", "New-ParkedDomainRecord"],
        ["Get-SmtpTlsStatus", "Get-MxStatus", "Get-MtaStsStatus", "Get-TlsaStatus", "Get-TlsRptStatus", "Measure-TlsReport"],
        ["Get-ReverseDnsStatus", "Get-BlocklistStatus", "Get-SmtpTlsStatus"],
        ["Test-MailMessage", "Test-DmarcAlignment", "Test-SpfSender"],
        ["New-DomainKeysPolicyRecord", "Get-DkimStatus", "New-DkimRecord"],
    ];

    // What the engine adds to a cmdlet that changes something.
    private static readonly Dictionary<string, string> s_shouldProcess = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would happen if the cmdlet ran. The cmdlet does not run.",
        ["Confirm"] = "Asks for confirmation before each change.",
    };

    private string[] _names = [];

    public IReadOnlyList<CommandHelp> Read(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([manifest]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        CmdletInfo[] commands = [.. shell.AddCommand("Get-Command").AddParameter("Module", "MailDns").Invoke<CmdletInfo>().OrderBy(command => command.Name, StringComparer.Ordinal)];
        _names = [.. commands.Select(command => command.Name)];
        return [.. commands.Select(Read)];
    }

    private CommandHelp Read(CmdletInfo command)
    {
        Type type = command.ImplementingType;
        string id = "T:" + type.FullName;
        var cmdlet = (Cmdlet)Activator.CreateInstance(type)!;
        List<ParameterHelp> parameters = [.. command.Parameters.Values
            .Where(parameter => IsOwn(type, parameter.Name))
            .OrderBy(parameter => s_shouldProcess.ContainsKey(parameter.Name))
            .ThenBy(parameter => Order(command, parameter.Name))
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => Read(command, parameter.Name, cmdlet))];
        return new CommandHelp(
            command.Name,
            docs.Summary(id),
            docs.Remarks(id),
            [.. command.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => Read(command, set, parameters))],
            parameters,
            Inputs(command, parameters),
            Outputs(command),
            Notes(type),
            docs.Examples(id),
            [.. Siblings(command.Name, id), .. Links(id, parameters)]);
    }

    private static bool IsOwn(Type type, string name) => s_shouldProcess.ContainsKey(name) || (!s_common.Contains(name) && Property(type, name) is not null);

    private static PropertyInfo? Property(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance);

    private static int Order(CmdletInfo command, string name) =>
        command.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.Name == name).Select(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position).DefaultIfEmpty(int.MaxValue).Min();

    private SyntaxHelp Read(CmdletInfo command, CommandParameterSetInfo set, IReadOnlyList<ParameterHelp> parameters)
    {
        IEnumerable<ParameterHelp> inSet = set.Parameters
            .Where(parameter => parameters.Any(known => known.Name == parameter.Name))
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .Select(parameter => parameters.First(known => known.Name == parameter.Name) with
            {
                IsMandatory = parameter.IsMandatory,
                Position = Place(parameter.Position),
            });
        return new SyntaxHelp(set.Name, [.. inSet], command.Name + " " + set);
    }

    private ParameterHelp Read(CmdletInfo command, string name, Cmdlet cmdlet)
    {
        List<CommandParameterInfo> uses = [.. command.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.Name == name)];
        if (Property(cmdlet.GetType(), name) is not { } property)
            return new ParameterHelp(name, [.. uses[0].Aliases], nameof(SwitchParameter), typeof(SwitchParameter).FullName!, IsSwitch: true, IsMandatory: false, "named", "False", "False", TakesWildcards: false, [], [s_shouldProcess[name]]);

        string description = docs.Summary("P:" + property.DeclaringType!.FullName + "." + name);
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new ParameterHelp(
            name,
            [.. uses[0].Aliases],
            ShortName(type),
            type.FullName!,
            type == typeof(SwitchParameter),
            uses.Exists(use => use.IsMandatory),
            Place(uses.Max(use => use.Position)),
            PipelineInput(uses),
            DefaultValue(property, cmdlet),
            property.IsDefined(typeof(SupportsWildcardsAttribute)),
            AcceptedValues(property, type),
            description.Length == 0 ? [] : [description]);
    }

    private static string Place(int position) => position < 0 ? "named" : position.ToString(CultureInfo.InvariantCulture);

    private static string PipelineInput(List<CommandParameterInfo> uses)
    {
        bool byValue = uses.Exists(use => use.ValueFromPipeline);
        bool byName = uses.Exists(use => use.ValueFromPipelineByPropertyName);
        return (byValue, byName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
    }

    private static string DefaultValue(PropertyInfo property, Cmdlet cmdlet) => property.GetMethod is null ? "None" : property.GetValue(cmdlet) switch
    {
        null or "" => "None",
        SwitchParameter or false => "False",
        ICollection { Count: 0 } => "None",
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => value.ToString()!,
    };

    private static IReadOnlyList<string> AcceptedValues(PropertyInfo property, Type type)
    {
        if (property.GetCustomAttribute<ValidateSetAttribute>() is { } set)
            return [.. set.ValidValues];
        Type item = type.IsArray ? type.GetElementType()! : type;
        return item.IsEnum ? Enum.GetNames(item) : [];
    }

    private List<TypeHelp> Inputs(CmdletInfo command, IReadOnlyList<ParameterHelp> parameters)
    {
        List<TypeHelp> inputs = [.. parameters.Where(parameter => parameter.PipelineInput.Contains("ByValue", StringComparison.Ordinal))
            .Select(parameter => new TypeHelp(parameter.FullTypeName, "-" + parameter.Name + ": " + string.Join(" ", parameter.Description)))];
        if (inputs.Count == 0)
            inputs.Add(new TypeHelp("None", "You cannot pipe objects to " + command.Name + "."));
        return inputs;
    }

    private List<TypeHelp> Outputs(CmdletInfo command)
    {
        List<TypeHelp> outputs = [.. command.OutputType.Select(output => new TypeHelp(output.Name, output.Type is null ? string.Empty : docs.Summary("T:" + output.Type.FullName)))];
        if (outputs.Count == 0)
            outputs.Add(new TypeHelp("None", command.Name + " gives no objects."));
        return outputs;
    }

    private static IReadOnlyList<string> Notes(Type type)
    {
        var notes = new List<string>();
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == "ResolvingCmdlet")
                notes.Add("A failed lookup is Unknown: never missing, and never passed. Only the given servers, or the system's, are asked; with -ZoneFile there is no network at all.");
            if (current.Name == "RecordGeneratorCommand")
                notes.Add("Touches no network and changes nothing. A fault in one domain is a non-terminating error; the rest go on.");
        }

        notes.Add("See about_MailDns for the whole, and about_MailDns_Pipelines for what goes into what.");
        return notes;
    }

    // Cmdlets that the texts name, then those about the same record, then those for the same task.
    private IEnumerable<LinkHelp> Siblings(string name, string id)
    {
        string text = string.Join(" ", [docs.Summary(id), .. docs.Remarks(id), .. docs.Examples(id).SelectMany(example => example.Remarks.Prepend(example.Code))]);
        string subject = Subject(name);
        IEnumerable<string> named = _names.Where(other => Regex.IsMatch(text, @"(?<![\w-])" + other + @"(?![\w-])", RegexOptions.None, TimeSpan.FromSeconds(1)));
        IEnumerable<string> alike = _names.Where(other => subject is not ("Sending" or "Dns" or "Domain" or "Mail") && Subject(other) == subject);
        IEnumerable<string> task = s_tasks.Where(names => names.Contains(name)).SelectMany(names => names);
        string[] whole = name.StartsWith("Get-", StringComparison.Ordinal) && name.EndsWith("Status", StringComparison.Ordinal) ? ["Test-SendingDomain"] : [];
        return named.Concat(alike).Concat(task).Concat(whole).Distinct(StringComparer.Ordinal).Where(other => other != name).Select(other => new LinkHelp(other));
    }

    // New-SpfRecord: Spf; New-MtaStsPolicy: MtaSts
    private static string Subject(string name)
    {
        string noun = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return s_subjects.FirstOrDefault(subject => noun.StartsWith(subject, StringComparison.Ordinal)) ?? Regex.Match(noun, "^[A-Z][a-z]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    private List<LinkHelp> Links(string id, IReadOnlyList<ParameterHelp> parameters)
    {
        List<LinkHelp> links = [.. docs.Links(id)];
        string text = string.Join(" ", [docs.Summary(id), .. docs.Remarks(id), .. parameters.SelectMany(parameter => parameter.Description)]);
        foreach (Match match in Regex.Matches(text, @"RFC (?<number>\d{3,5})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        {
            string number = match.Groups["number"].Value;
            if (!links.Exists(link => link.Text == "RFC " + number))
                links.Add(new LinkHelp("RFC " + number, "https://www.rfc-editor.org/rfc/rfc" + number));
        }

        if (text.Contains("BIMI", StringComparison.Ordinal))
            links.Add(new LinkHelp("Brand Indicators for Message Identification", "https://datatracker.ietf.org/doc/draft-brand-indicators-for-message-identification/"));
        return links;
    }

    private static string ShortName(Type type)
    {
        if (type.IsArray)
            return ShortName(type.GetElementType()!) + "[]";
        if (type == typeof(SwitchParameter))
            return "SwitchParameter";
        return type == typeof(int) ? "Int32" : type.Name;
    }
}

/// <summary>All that the help of one cmdlet says.</summary>
internal sealed record CommandHelp(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<SyntaxHelp> Syntax,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<LinkHelp> Links)
{
    public string Verb => Name[..Name.IndexOf('-', System.StringComparison.Ordinal)];
    public string Noun => Name[(Name.IndexOf('-', System.StringComparison.Ordinal) + 1)..];
}

/// <summary>A command and what it is good for.</summary>
internal sealed record ExampleHelp(string Code, IReadOnlyList<string> Remarks);

/// <summary>Where to read on: another cmdlet, which has no address, or a page.</summary>
internal sealed record LinkHelp(string Text, string? Uri = null);

/// <summary>One parameter: what it is called, takes and means.</summary>
internal sealed record ParameterHelp(
    string Name,
    IReadOnlyList<string> Aliases,
    string TypeName,
    string FullTypeName,
    bool IsSwitch,
    bool IsMandatory,
    string Position,
    string PipelineInput,
    string DefaultValue,
    bool TakesWildcards,
    IReadOnlyList<string> AcceptedValues,
    IReadOnlyList<string> Description);

/// <summary>One parameter set, the parameters in the order of their positions.</summary>
internal sealed record SyntaxHelp(string Name, IReadOnlyList<ParameterHelp> Parameters, string Text);

/// <summary>A type that a cmdlet takes or gives.</summary>
internal sealed record TypeHelp(string Name, string Description);
