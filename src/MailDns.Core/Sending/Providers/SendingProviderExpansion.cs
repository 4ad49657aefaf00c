using System.Net;

namespace MailDns;

/// <summary>Fills a profile's placeholders in and proves that what comes out is a record that DNS takes.</summary>
internal static class SendingProviderExpansion
{
    /// <summary>
    /// The records of a profile for one domain. Required ones are always among them; another one when a value was given for a
    /// placeholder of it or <paramref name="includeOptional"/> asks for all; legacy ones only by <paramref name="includeLegacy"/>.
    /// </summary>
    /// <exception cref="SendingProviderValueException">A value is missing, wrong or for no placeholder of the profile.</exception>
    /// <exception cref="DomainNameException">A host or target that comes out is no domain name.</exception>
    public static IReadOnlyList<SendingProviderExpandedRecord> ExpandAll(
        SendingProvider provider,
        SendingProviderValues values,
        bool includeLegacy,
        bool includeOptional)
    {
        CheckValues(provider, values);
        return provider.Records
            .Where(record => IsWanted(record, values, includeLegacy, includeOptional))
            .Select(record => Expand(provider, record, values))
            .ToArray();
    }

    /// <summary>Every value that was given is for a parameter of the profile and fits it.</summary>
    /// <exception cref="SendingProviderValueException">One is not.</exception>
    public static void CheckValues(SendingProvider provider, SendingProviderValues values)
    {
        foreach (string name in values.Names)
        {
            SendingProviderParameter parameter = provider.FindParameter(name)
                ?? throw new SendingProviderValueException(provider.Id, name, "Profile " + provider.Id + " has no placeholder {" + PrintableText.Escape(name) + "}." + Known(provider, name));
            CheckValue(provider, parameter, values.Find(parameter)!);
        }

        SendingProviderRecord[] keys = provider.RecordsOf(RecordPurpose.Dkim);
        if (values.Selectors.Count > 0 && values.Selectors.Count != keys.Length)
        {
            throw new SendingProviderValueException(
                provider.Id,
                SendingProviderValues.SelectorName,
                "Profile " + provider.Id + " has " + keys.Length + " DKIM record(s), and " + values.Selectors.Count + " selector(s) were given; give one for each, in the profile's order, or none.");
        }
    }

    /// <summary>One record, every placeholder filled in.</summary>
    /// <exception cref="SendingProviderValueException">A value is missing or wrong.</exception>
    /// <exception cref="DomainNameException">The host or target that comes out is no domain name.</exception>
    public static SendingProviderExpandedRecord Expand(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        string Value(string name) => ValueOf(provider, record, values, name);
        DomainName owner = ParseOwner(record.HostTemplate.Expand(Value));
        return new SendingProviderExpandedRecord(
            record,
            owner,
            record.SelectorTemplate is null ? null : Value(SendingProviderValues.SelectorName),
            record.ValueTemplate?.Expand(Value),
            record.TargetTemplate is null ? null : ParseTarget(provider, record.TargetTemplate.Expand(Value)),
            record.IncludeTemplates.Select(include => DomainName.Parse(include.Expand(Value))).ToArray());
    }

    /// <summary>The owner's name, as far as the values tell it; null where a value is missing.</summary>
    /// <exception cref="DomainNameException">What comes out is no domain name.</exception>
    public static DomainName? FindOwner(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        bool known = record.HostTemplate.Placeholders
            .Concat(record.SelectorTemplate?.Placeholders ?? Array.Empty<string>())
            .All(name => FindValue(provider, record, values, name) is not null);
        return known ? RequireOwner(provider, record, values) : null;
    }

    /// <summary>The owner's name.</summary>
    /// <exception cref="SendingProviderValueException">A value for it is missing or wrong.</exception>
    /// <exception cref="DomainNameException">What comes out is no domain name.</exception>
    public static DomainName RequireOwner(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values) =>
        ParseOwner(record.HostTemplate.Expand(name => ValueOf(provider, record, values, name)));

    /// <summary>An owner's name; a wildcard may be its first label (RFC 4592 section 2.1.1).</summary>
    /// <exception cref="DomainNameException">The text is not a domain name.</exception>
    internal static DomainName ParseOwner(string text) => text.StartsWith("*.", StringComparison.Ordinal) ? DomainName.Parse(text.Substring(2)).Prepend("*") : DomainName.Parse(text);

    // A profile's target has two labels at least; what a template says is taken as the standard takes it.
    private static DomainName ParseTarget(SendingProvider provider, string text) =>
        provider.Template is null ? DomainName.Parse(text)
        : text == "." ? DomainName.Root
        : DomainName.TryParseRelative(text, out DomainName? name, out string reason) ? name! : throw new DomainNameException(text, reason);

    /// <summary>The value of a placeholder: built in, given, or the default; null where there is none.</summary>
    public static string? FindValue(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values, string name) => name switch
    {
        SendingProviderValues.DomainName => values.Domain.Text,
        SendingProviderValues.DomainDashedName => values.Domain.Text.Replace('.', '-'),
        SendingProviderValues.SelectorName => FindSelector(provider, record, values),
        _ => provider.FindParameter(name) is { } parameter ? values.Find(parameter) : null,
    };

    /// <summary>The same for comparing: a region that nobody named may be any.</summary>
    public static string? FindKnown(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values, string name) =>
        provider.FindParameter(name) is { } parameter ? values.FindGiven(parameter) : FindValue(provider, record, values, name);

    /// <summary>Proves one property of a record with the values.</summary>
    /// <exception cref="FormatException">What comes out is wrong.</exception>
    internal static void Check(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values, string property)
    {
        string Value(string name) => ValueOf(provider, record, values, name);
        switch (property)
        {
            case "selector":
                if (!DomainName.TryParseRelative(Value(SendingProviderValues.SelectorName), out _, out string reason))
                    throw new DomainNameException(Value(SendingProviderValues.SelectorName), reason);

                break;
            case "host":
                _ = ParseOwner(record.HostTemplate.Expand(Value));
                break;
            case "include":
                foreach (SendingProviderTemplate include in record.IncludeTemplates)
                    _ = DomainName.Parse(include.Expand(Value));

                break;
            case "target":
                _ = ParseTarget(provider, record.TargetTemplate!.Expand(Value));
                break;
            default:
                string text = record.ValueTemplate!.Expand(Value);
                if (record.DnsType is DnsRecordType.A or DnsRecordType.Aaaa && !System.Net.IPAddress.TryParse(text, out _))
                    throw new FormatException(PrintableText.Quote(text) + " is not an address.");

                if (record.Role == RecordPurpose.Spf) _ = SpfParser.Parse(text);

                break;
        }
    }

    private static bool IsWanted(SendingProviderRecord record, SendingProviderValues values, bool includeLegacy, bool includeOptional) =>
        record.Legacy
            ? includeLegacy
            : record.Required || includeOptional || record.Parameters.Any(values.IsGiven);

    private static string? FindSelector(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        if (record.SelectorTemplate is null) return null;

        int index = Array.IndexOf(provider.RecordsOf(RecordPurpose.Dkim), record);
        if (index >= 0 && index < values.Selectors.Count) return values.Selectors[index];

        bool known = record.SelectorTemplate.Placeholders.All(name => FindValue(provider, record, values, name) is not null);
        return known ? record.SelectorTemplate.Expand(name => FindValue(provider, record, values, name)!) : null;
    }

    private static string ValueOf(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values, string name)
    {
        string? value = FindValue(provider, record, values, name);
        if (value is null && name == SendingProviderValues.SelectorName)
            name = record.SelectorTemplate!.Placeholders.First(placeholder => FindValue(provider, record, values, placeholder) is null);

        SendingProviderParameter? parameter = provider.FindParameter(name);
        if (value is null)
        {
            throw new SendingProviderValueException(
                provider.Id,
                name,
                "Profile " + provider.Id + " needs a value for " + SendingProviderTemplate.Shown(name) + ": " + parameter?.Description + " It looks like " + PrintableText.Quote(parameter?.Example) + ".");
        }

        if (parameter is not null) CheckValue(provider, parameter, value);

        return value;
    }

    private static void CheckValue(SendingProvider provider, SendingProviderParameter parameter, string value)
    {
        string fault = parameter.Fault(value);
        if (fault.Length > 0)
        {
            throw new SendingProviderValueException(
                provider.Id,
                parameter.Name,
                "The value for " + SendingProviderTemplate.Shown(parameter.Key) + " of profile " + provider.Id + " cannot be used: " + fault + " It is: " + parameter.Description);
        }
    }

    private static string Known(SendingProvider provider, string name) =>
        provider.Parameters.Length == 0
            ? " It takes no values."
            : NearestName.Hint(name, provider.Parameters.Select(parameter => parameter.Name));
}

/// <summary>A record of a profile for one domain, its placeholders filled in.</summary>
internal sealed class SendingProviderExpandedRecord(
    SendingProviderRecord template,
    DomainName owner,
    string? selector,
    string? value,
    DomainName? target,
    IReadOnlyList<DomainName> includes)
{
    public SendingProviderRecord Template { get; } = template;

    public DomainName Owner { get; } = owner;

    /// <summary>The DKIM selector; null for other roles.</summary>
    public string? Selector { get; } = selector;

    /// <summary>The text of a TXT record; null for other types.</summary>
    public string? Value { get; } = value;

    /// <summary>The target of a CNAME, MX or NS record; null for TXT.</summary>
    public DomainName? Target { get; } = target;

    /// <summary>The names that an SPF record has to include.</summary>
    public IReadOnlyList<DomainName> Includes { get; } = includes;

    /// <summary>The record object.</summary>
    /// <exception cref="DomainNameException">It does not fit into the zone.</exception>
    public ResourceRecord ToRecord(DomainName zone, TimeSpan timeToLive) => Template.DnsType switch
    {
        DnsRecordType.Cname => new CnameRecord(Owner, zone, Target!, timeToLive, Template.Role),
        DnsRecordType.A => new ARecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Aaaa => new AaaaRecord(Owner, zone, IPAddress.Parse(Value!), timeToLive, Template.Role),
        DnsRecordType.Srv => new SrvRecord(Owner, zone, new SrvData(Template.Preference ?? 0, Template.Weight ?? 0, Template.Port ?? 0, Target!), timeToLive, Template.Role),
        DnsRecordType.Mx => new MxRecord(Owner, zone, Template.Preference!.Value, Target!, timeToLive, Template.Role),
        DnsRecordType.Ns => new NsRecord(Owner, zone, Target!, timeToLive, Template.Role),
        _ => new TxtRecord(Owner, zone, Value!, timeToLive, Template.Role),
    };
}
