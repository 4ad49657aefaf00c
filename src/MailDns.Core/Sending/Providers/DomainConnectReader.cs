namespace MailDns;

/// <summary>
/// Reads a Domain Connect template. What the standard leaves open is accepted (unknown properties, texts of any language);
/// what it forbids is refused with file, line and property.
/// </summary>
internal sealed class DomainConnectReader
{
    // A template has a few dozen records; more is no template.
    private const int MaxRecords = 1000;
    private const int MaxVariables = 500;

    private static readonly string[] s_known =
    {
        "providerId", "providerName", "serviceId", "serviceName", "version", "templateSpecVersion", "logoUrl", "description", "variableDescription", "syncBlock",
        "shared", "sharedProviderName", "sharedServiceName", "syncPubKeyDomain", "syncRedirectDomain", "multiInstance", "warnPhishing", "hostRequired", "crit", "records",
    };

    private static readonly string[] s_knownInRecord =
    {
        "type", "groupId", "essential", "crit", "host", "name", "pointsTo", "target", "data", "spfRules", "ttl", "priority", "weight", "port", "service", "protocol",
        "txtConflictMatchingMode", "txtConflictMatchingPrefix",
    };

    // Names of parameters of the protocol, which a variable may not have: a request could not tell them apart.
    private static readonly string[] s_reserved =
    {
        "redirect_uri", "state", "providerName", "serviceName", "groupId", "sig", "key", "crit", "client_id", "response_type", "scope", "providerId", "serviceId",
    };

    private readonly string _fileName;
    private readonly List<string> _notes = new();

    private DomainConnectReader(string fileName) => _fileName = fileName;

    /// <summary>True for an object that is meant as a template.</summary>
    public static bool IsTemplate(JsonValue root) =>
        root.Kind == JsonKind.Object && (root.Find("providerId") is not null || root.Find("serviceId") is not null) && root.Find("id") is null;

    /// <summary>The template that the tree holds.</summary>
    /// <exception cref="JsonTextException">The tree is not a template; says file, line, column and property.</exception>
    public static DomainConnectTemplate Read(JsonValue root, string fileName) => new DomainConnectReader(fileName).ReadTemplate(root);

    private DomainConnectTemplate ReadTemplate(JsonValue root)
    {
        CheckCritical(root, s_known);
        if (Integer(root, "templateSpecVersion") is { } specification && specification != 1)
            throw Fault(root, "templateSpecVersion", "version " + specification + " of the template format is not known; expected 1.");

        if (Integer(root, "version") is <= 0) throw Fault(root, "version", "expected a number from 1.");

        JsonValue array = Member(root, "records", JsonKind.Array) ?? throw Fault(root, "records", "the property is missing; expected an array.");
        if (array.Items.Count > MaxRecords)
            throw Fault(root, "records", "there are " + array.Items.Count + " records; more than " + MaxRecords + " are not read.");

        var template = new DomainConnectTemplate(Id(root, "providerId"), Id(root, "serviceId"), Title(root, "providerName"), Title(root, "serviceName"), _fileName)
        {
            Version = Integer(root, "version"),
            SyncBlock = Flag(root, "syncBlock"),
            SyncPubKeyDomain = Text(root, "syncPubKeyDomain"),
            MultiInstance = Flag(root, "multiInstance"),
            HostRequired = Flag(root, "hostRequired"),
            Records = array.Items.Select(ReadRecord).ToArray(),
        };
        foreach (string name in new[] { "shared", "sharedProviderName", "sharedServiceName", "warnPhishing" })
            _ = Flag(root, name);

        foreach (string name in new[] { "logoUrl", "description", "variableDescription", "syncRedirectDomain" })
            _ = Text(root, name);

        string[] variables = template.Variables.ToArray();
        if (variables.Length > MaxVariables)
            throw Fault(root, "records", "they have " + variables.Length + " variables; more than " + MaxVariables + " are not read.");

        _notes.AddRange(variables.Where(name => s_reserved.Contains(name.Trim('%'), StringComparer.Ordinal))
            .Select(name => name + " has the name of a parameter of the protocol."));
        return template with { Notes = _notes };
    }

    private DomainConnectRecord ReadRecord(JsonValue value)
    {
        if (value.Kind != JsonKind.Object) throw Fault(value, "expected an object, found " + value.Describe() + ".");

        CheckCritical(value, s_knownInRecord);
        string type = (Text(value, "type") ?? throw Fault(value, "type", "the property is missing; expected a record type.")).ToUpperInvariant();
        if (type.Length is 0 or > 32 || !type.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-'))
            throw Fault(value, "type", PrintableText.Quote(type) + " is not a record type.");

        DomainConnectRecord record = type switch
        {
            "A" or "AAAA" or "CNAME" or "NS" => Make(value, type, Variable(value, "host"), "pointsTo"),
            "MX" => Make(value, type, Variable(value, "host"), "pointsTo") with { Priority = Number(value, "priority", ushort.MaxValue) },
            DomainConnectRecord.SpfMerge => Make(value, type, Variable(value, "host"), "spfRules"),
            "SRV" => Make(value, type, Variable(value, "name"), "target") with
            {
                Priority = Number(value, "priority", ushort.MaxValue),
                Weight = Number(value, "weight", ushort.MaxValue),
                Port = Number(value, "port", ushort.MaxValue),
                Service = Variable(value, "service"),
                Protocol = Variable(value, "protocol"),
            },
            "REDIR301" or "REDIR302" => Make(value, type, Optional(value, "host") ?? SendingProviderTemplate.Literal("@"), "target"),
            "APEXCNAME" => Make(value, type, ApexHost(value), "pointsTo"),
            _ => Make(value, type, Variable(value, "host"), "data"),
        };
        bool optionalTtl = type is DomainConnectRecord.SpfMerge or "REDIR301" or "REDIR302";
        return ReadCommon(value, record with { Ttl = optionalTtl && value.Find("ttl") is null ? null : Number(value, "ttl", int.MaxValue) });
    }

    private DomainConnectRecord ReadCommon(JsonValue value, DomainConnectRecord record)
    {
        string? essential = Text(value, "essential");
        if (essential is not (null or "Always" or "OnApply"))
            _notes.Add(JsonValue.MemberPath(value.Path, "essential") + " is " + PrintableText.Quote(essential) + ", which is not a value of it; it is taken for Always.");

        string mode = Text(value, "txtConflictMatchingMode") ?? "None";
        string? prefix = Text(value, "txtConflictMatchingPrefix");
        if (mode is not ("None" or "All" or "Prefix"))
            throw Fault(value, "txtConflictMatchingMode", "expected None, All or Prefix; found " + PrintableText.Quote(mode) + ".");

        if (mode == "Prefix" && string.IsNullOrEmpty(prefix))
            throw Fault(value, "txtConflictMatchingPrefix", "the property is missing; the mode Prefix needs it.");

        string? group = Text(value, "groupId");
        if (group is not null && (group.Length == 0 || group.Length > 63 || group.IndexOfAny(new[] { '%', ',' }) >= 0))
            throw Fault(value, "groupId", PrintableText.Quote(group) + " is not the name of a group: it is a constant text of 1 to 63 characters without a comma.");

        return record with { GroupId = group, IsEssential = essential != "OnApply", ConflictMode = mode, ConflictPrefix = prefix ?? string.Empty };
    }

    private SendingProviderTemplate ApexHost(JsonValue value)
    {
        SendingProviderTemplate host = Optional(value, "host") ?? SendingProviderTemplate.Literal("@");
        return host.Text is "" or "@" ? host : throw Fault(value, "host", "an APEXCNAME is at the domain itself; leave the host out.");
    }

    private DomainConnectRecord Make(JsonValue value, string type, SendingProviderTemplate host, string contentName)
    {
        SendingProviderTemplate content = Variable(value, contentName);
        bool isText = type == "TXT";
        return content.Text.Length > 0 || isText
            ? new DomainConnectRecord(type, host, contentName, content, value)
            : throw Fault(value, contentName, "it is empty.");
    }

    private SendingProviderTemplate Variable(JsonValue value, string name) =>
        Optional(value, name) ?? throw Fault(value, name, "the property is missing; expected a string.");

    private SendingProviderTemplate? Optional(JsonValue value, string name)
    {
        if (Text(value, name) is not { } text) return null;

        return SendingProviderTemplate.TryParseVariables(text, out SendingProviderTemplate? template, out string problem) ? template! : throw Fault(value, name, problem);
    }

    // A number, the digits of one in a string, or one variable.
    private SendingProviderTemplate Number(JsonValue value, string name, long greatest)
    {
        JsonValue member = value.Find(name) ?? throw Fault(value, name, "the property is missing; expected a number.");
        if (member.Kind == JsonKind.String && member.Text.IndexOf('%') >= 0)
        {
            SendingProviderTemplate variable = Variable(value, name);
            return variable.IsBare ? variable : throw Fault(member, "expected a number or one variable, found " + member.Describe() + ".");
        }

        bool isNumber = member.Kind is JsonKind.Number or JsonKind.String
            && long.TryParse(member.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= greatest;
        return isNumber
            ? SendingProviderTemplate.Literal(member.Text)
            : throw Fault(member, "expected a whole number from 0 to " + greatest + ", found " + member.Describe() + ".");
    }

    private void CheckCritical(JsonValue value, string[] known)
    {
        if (Member(value, "crit", JsonKind.Array) is not { } critical) return;

        if (critical.Items.Count == 0 || critical.Items.Any(item => item.Kind != JsonKind.String))
            throw Fault(critical, "expected the names of properties.");

        JsonValue? unknown = critical.Items.FirstOrDefault(item => !known.Contains(item.Text, StringComparer.Ordinal) && value.Find(item.Text) is not null);
        if (unknown is not null)
        {
            throw Fault(unknown, "the template may only be used by who knows the property " + PrintableText.Quote(JsonPath.Shown(unknown.Text)) + ", and it is not known here.");
        }
    }

    private string Id(JsonValue value, string name)
    {
        string text = Text(value, name) ?? throw Fault(value, name, "the property is missing; expected a string.");
        return text.Length is > 0 and <= 63 && text.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-')
            ? text
            : throw Fault(value, name, PrintableText.Quote(JsonPath.Shown(text)) + " is not an id: it has 1 to 63 letters, digits, dots, hyphens and underscores.");
    }

    private string Title(JsonValue value, string name)
    {
        string text = Text(value, name) ?? throw Fault(value, name, "the property is missing; expected a string.");
        return text.Length is > 0 and <= 255 ? text : throw Fault(value, name, "expected 1 to 255 characters.");
    }

    private string? Text(JsonValue value, string name) => Member(value, name, JsonKind.String)?.Text;

    private bool Flag(JsonValue value, string name) => Member(value, name, JsonKind.Bool)?.Text == "true";

    private int? Integer(JsonValue value, string name)
    {
        if (Member(value, name, JsonKind.Number) is not { } member) return null;

        return int.TryParse(member.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Fault(member, "expected a whole number, found " + member.Describe() + ".");
    }

    private JsonValue? Member(JsonValue value, string name, JsonKind kind)
    {
        if (value.Kind != JsonKind.Object) throw Fault(value, "expected an object, found " + value.Describe() + ".");

        JsonValue? member = value.Find(name);
        return member is null || member.Kind == kind
            ? member
            : throw Fault(member, "expected " + JsonObjectReader.Article(kind) + ", found " + member.Describe() + ".");
    }

    private JsonTextException Fault(JsonValue value, string name, string problem) =>
        value.Find(name) is { } member
            ? Fault(member, problem)
            : new JsonTextException(_fileName, value.Line, value.Column, JsonValue.MemberPath(value.Path, name), problem);

    private JsonTextException Fault(JsonValue at, string problem) => new(_fileName, at.Line, at.Column, at.Path, problem);
}
