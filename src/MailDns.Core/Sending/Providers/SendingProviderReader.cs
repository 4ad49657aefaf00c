namespace MailDns;

/// <summary>
/// Makes a profile of a JSON tree (module/providers/provider.schema.json). Stricter than the schema: names refer to what is
/// declared, and every record, filled in with the examples, is a valid record.
/// </summary>
internal sealed class SendingProviderReader
{
    private static readonly Dictionary<string, SendingProviderKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["esp"] = SendingProviderKind.EmailServiceProvider,
        ["mailbox"] = SendingProviderKind.MailboxProvider,
        ["gateway"] = SendingProviderKind.Gateway,
        ["forwarder"] = SendingProviderKind.Forwarder,
        ["application"] = SendingProviderKind.Application,
        ["dmarc"] = SendingProviderKind.DmarcService,
        ["hosting"] = SendingProviderKind.WebHosting,
        ["own"] = SendingProviderKind.OwnServer,
    };

    private static readonly Dictionary<string, SendingProviderReturnPath> s_returnPaths = new(StringComparer.Ordinal)
    {
        ["unknown"] = SendingProviderReturnPath.Unknown,
        ["bounce"] = SendingProviderReturnPath.Bounce,
        ["domain"] = SendingProviderReturnPath.Domain,
        ["provider"] = SendingProviderReturnPath.Provider,
    };

    private readonly string _fileName;
    private readonly Dictionary<string, SendingProviderSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SendingProviderParameter> _parameters = new(StringComparer.Ordinal);

    private SendingProviderReader(string fileName) => _fileName = fileName;

    internal static IReadOnlyDictionary<string, SendingProviderConfidence> Confidences { get; } = new Dictionary<string, SendingProviderConfidence>(StringComparer.Ordinal)
    {
        ["high"] = SendingProviderConfidence.High,
        ["medium"] = SendingProviderConfidence.Medium,
        ["low"] = SendingProviderConfidence.Low,
    };

    internal static IReadOnlyDictionary<string, RecordPurpose> Roles { get; } = new Dictionary<string, RecordPurpose>(StringComparer.Ordinal)
    {
        ["spf"] = RecordPurpose.Spf,
        ["senderId"] = RecordPurpose.SenderId,
        ["dkim"] = RecordPurpose.Dkim,
        ["domainKeysPolicy"] = RecordPurpose.DomainKeysPolicy,
        ["dmarc"] = RecordPurpose.Dmarc,
        ["bimi"] = RecordPurpose.Bimi,
        ["tracking"] = RecordPurpose.Tracking,
        ["bounce"] = RecordPurpose.Bounce,
        ["mx"] = RecordPurpose.Mx,
        ["verification"] = RecordPurpose.Verification,
        ["delegation"] = RecordPurpose.Delegation,
        ["mtaSts"] = RecordPurpose.MtaSts,
        ["tlsRpt"] = RecordPurpose.TlsRpt,
        ["address"] = RecordPurpose.Address,
        ["other"] = RecordPurpose.Other,
    };

    private static readonly Dictionary<string, ProviderTraitKind> s_traits = new(StringComparer.Ordinal)
    {
        ["spfInclude"] = ProviderTraitKind.SpfInclude,
        ["spfTerm"] = ProviderTraitKind.SpfTerm,
        ["dkimTarget"] = ProviderTraitKind.DkimTarget,
        ["dkimSelector"] = ProviderTraitKind.DkimSelector,
        ["bounceTarget"] = ProviderTraitKind.BounceTarget,
        ["bounceHost"] = ProviderTraitKind.BounceHost,
        ["trackingTarget"] = ProviderTraitKind.TrackingTarget,
        ["dmarcTarget"] = ProviderTraitKind.DmarcTarget,
        ["mx"] = ProviderTraitKind.Mx,
        ["delegation"] = ProviderTraitKind.Delegation,
        ["txt"] = ProviderTraitKind.Txt,
        ["ptr"] = ProviderTraitKind.Ptr,
        ["mailDomain"] = ProviderTraitKind.MailDomain,
    };

    /// <summary>The profile that the tree holds.</summary>
    /// <param name="root">The file's JSON value.</param>
    /// <param name="fileName">The file, for errors.</param>
    /// <exception cref="JsonTextException">The tree is no profile; says file, line, column and property.</exception>
    public static SendingProvider Read(JsonValue root, string fileName) => new SendingProviderReader(fileName).ReadProvider(root);

    private SendingProvider ReadProvider(JsonValue root)
    {
        var reader = new JsonObjectReader(
            root, _fileName, "$schema", "id", "name", "aliases", "kind", "returnPath", "confidence", "on", "note", "sources", "parameters", "groups", "records", "obsolete", "recognise", "unknowns");
        string id = reader.RequiredText("id");
        if (!id.All(c => (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || id[0] == '-')
            throw reader.Fault("id", "expected lower-case letters, digits and hyphens; found " + PrintableText.Quote(id) + ".");

        var provider = new SendingProvider(id, reader.RequiredText("name"), _fileName)
        {
            Aliases = reader.OptionalTexts("aliases"),
            Kind = reader.Choice("kind", s_kinds),
            ReturnPath = reader.Choice<SendingProviderReturnPath>("returnPath", s_returnPaths, SendingProviderReturnPath.Unknown),
            Confidence = reader.Choice("confidence", Confidences),
            Note = reader.OptionalText("note"),
            Unknowns = reader.OptionalTexts("unknowns"),
            Underlying = reader.OptionalTexts("on"),
        };
        _ = reader.OptionalText("$schema");
        provider.Sources = ReadSources(reader);
        provider.Parameters = ReadParameters(reader);
        provider.Groups = ReadGroups(reader);
        provider.Records = ReadRecords(reader, provider);
        provider.Traits = ReadTraits(reader, provider.Confidence);
        provider.Obsolete = reader.OptionalItems("obsolete").Select(ReadObsolete).ToArray();
        CheckWhole(reader, provider);
        return provider;
    }

    private SendingProviderSource[] ReadSources(JsonObjectReader reader)
    {
        JsonValue array = reader.Required("sources", JsonKind.Array);
        if (array.Items.Count == 0)
            throw reader.Fault(array, "expected at least one source for the values.");

        return array.Items.Select(ReadSource).ToArray();
    }

    private SendingProviderSource ReadSource(JsonValue value)
    {
        var reader = new JsonObjectReader(value, _fileName, "id", "title", "url", "firstParty", "date", "note");
        string id = reader.RequiredText("id");
        string? url = reader.OptionalText("url");
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http"))
            throw reader.Fault("url", "expected an http or https address; found " + PrintableText.Quote(url) + ".");

        var source = new SendingProviderSource(id, reader.RequiredText("title"), url, reader.OptionalBool("firstParty", otherwise: false), reader.OptionalText("date"), reader.OptionalText("note"));
        if (_sources.ContainsKey(id))
            throw reader.Fault("id", "another source has the id " + PrintableText.Quote(id) + " already.");

        _sources.Add(id, source);
        return source;
    }

    private SendingProviderParameter[] ReadParameters(JsonObjectReader reader)
    {
        IReadOnlyList<JsonProperty> members = reader.Optional("parameters", JsonKind.Object)?.Properties ?? Array.Empty<JsonProperty>();
        foreach (JsonProperty member in members)
        {
            if (!SendingProviderTemplate.IsName(member.Name) || SendingProviderValues.IsBuiltIn(member.Name))
            {
                throw new JsonTextException(
                    _fileName,
                    member.Line,
                    member.Column,
                    member.Value.Path,
                    PrintableText.Quote(member.Name) + " cannot be declared: a parameter's name is a letter, then letters and digits, and none of domain, domainDashed, selector.");
            }

            if (_parameters.Keys.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
                throw new JsonTextException(_fileName, member.Line, member.Column, member.Value.Path, "a parameter of that name is declared already, in another case.");

            _parameters.Add(member.Name, ReadParameter(member));
        }

        return members.Select(member => _parameters[member.Name]).ToArray();
    }

    private SendingProviderParameter ReadParameter(JsonProperty member)
    {
        var reader = new JsonObjectReader(member.Value, _fileName, "description", "example", "pattern", "default", "samples", "values");
        string? pattern = reader.OptionalText("pattern");
        string patternFault = pattern is null ? string.Empty : PatternFault(pattern);
        if (patternFault.Length > 0) throw reader.Fault("pattern", patternFault);

        string example = reader.RequiredText("example");
        string? otherwise = reader.OptionalText("default");
        var parameter = new SendingProviderParameter(
            member.Name, reader.RequiredText("description"), example, pattern, otherwise, reader.OptionalTexts("samples"), ReadValues(reader));
        foreach ((string name, string? value) in new[] { ("example", example), ("default", otherwise) })
        {
            string fault = value is null ? string.Empty : parameter.Fault(value);
            if (fault.Length > 0)
                throw reader.Fault(name, "the " + name + " is not a value of the parameter: " + fault);
        }

        return parameter;
    }

    private static KeyValuePair<string, string>[] ReadValues(JsonObjectReader reader)
    {
        if (reader.Optional("values", JsonKind.Object) is not { } values)
            return Array.Empty<KeyValuePair<string, string>>();

        var texts = new JsonObjectReader(values, reader.Source, values.Properties.Select(property => property.Name).ToArray());
        return values.Properties.Select(property => new KeyValuePair<string, string>(property.Name, texts.RequiredText(property.Name))).ToArray();
    }

    private SendingProviderGroup[] ReadGroups(JsonObjectReader reader)
    {
        IReadOnlyList<JsonProperty> members = reader.Optional("groups", JsonKind.Object)?.Properties ?? Array.Empty<JsonProperty>();
        SendingProviderGroup[] groups = members.Select(member =>
        {
            var group = new JsonObjectReader(member.Value, _fileName, "description", "default", "excludes");
            return new SendingProviderGroup(JsonPath.Shown(member.Name), group.RequiredText("description"), group.OptionalTexts("excludes"), group.OptionalBool("default", otherwise: true));
        }).ToArray();
        string? unknown = groups.SelectMany(group => group.Excludes).FirstOrDefault(name => !groups.Any(group => group.Name == name));
        return unknown is null ? groups : throw reader.Fault("groups", "no group has the name " + PrintableText.Quote(unknown) + ".");
    }

    private ProviderTrait[] ReadTraits(JsonObjectReader reader, SendingProviderConfidence otherwise)
    {
        if (reader.Optional("recognise", JsonKind.Object) is not { } recognise) return Array.Empty<ProviderTrait>();

        var kinds = new JsonObjectReader(recognise, _fileName, s_traits.Keys.ToArray());
        return s_traits.SelectMany(kind => kinds.OptionalItems(kind.Key).Select(item =>
        {
            var trait = new JsonObjectReader(item, _fileName, "value", "confidence", "source", "note");
            _ = FindSource(trait, _sources);
            return new ProviderTrait(kind.Value, trait.RequiredText("value"), trait.Choice<SendingProviderConfidence>("confidence", Confidences, otherwise), trait.OptionalText("note"));
        })).ToArray();
    }

    /// <summary>Platforms of which only what tells them is known (recognition.json); they cannot be named as -Provider.</summary>
    /// <exception cref="JsonTextException">The tree is not such a list.</exception>
    public static IReadOnlyList<SendingProvider> ReadRecognised(JsonValue root, string fileName) => new SendingProviderReader(fileName).ReadList(root);

    private SendingProvider[] ReadList(JsonValue root)
    {
        var reader = new JsonObjectReader(root, _fileName, "$schema", "sources", "platforms");
        _ = ReadSources(reader);
        return reader.Required("platforms", JsonKind.Array).Items.Select(item =>
        {
            var platform = new JsonObjectReader(item, _fileName, "id", "name", "kind", "on", "recognise");
            return new SendingProvider(platform.RequiredText("id"), platform.RequiredText("name"), _fileName)
            {
                Kind = platform.Choice("kind", s_kinds),
                Underlying = platform.OptionalTexts("on"),
                Traits = ReadTraits(platform, SendingProviderConfidence.High),
            };
        }).ToArray();
    }

    // The expression is put into larger ones, where an anchor could never match.
    private static string PatternFault(string pattern)
    {
        if (pattern[0] == '^' || pattern[pattern.Length - 1] == '$')
            return "write the pattern without ^ and $: it is matched against the whole value.";

        try
        {
            _ = SendingProviderPattern.Whole(pattern);
            return string.Empty;
        }
        catch (ArgumentException)
        {
            return PrintableText.Quote(pattern) + " is not a regular expression.";
        }
    }

    private SendingProviderRecord[] ReadRecords(JsonObjectReader reader, SendingProvider provider)
    {
        JsonValue array = reader.Required("records", JsonKind.Array);
        if (array.Items.Count == 0) throw reader.Fault(array, "expected at least one record.");

        var records = new SendingProviderRecordReader(_fileName, provider, _sources);
        return array.Items.Select(records.Read).ToArray();
    }

    private SendingProviderObsoleteValue ReadObsolete(JsonValue value)
    {
        var reader = new JsonObjectReader(value, _fileName, "role", "value", "replacement", "note", "source");
        RecordPurpose role = reader.Choice("role", Roles);
        string old = reader.RequiredText("value");
        string? replacement = reader.OptionalText("replacement");
        foreach (string name in new[] { "value", "replacement" }.Where(reader.Has))
        {
            if (!DomainName.TryParse(reader.RequiredText(name), out _, out string reason))
                throw reader.Fault(name, PrintableText.Quote(reader.RequiredText(name)) + " is not a valid domain name: " + reason);
        }

        return new SendingProviderObsoleteValue(role, old, replacement, reader.OptionalText("note"), FindSource(reader, _sources));
    }

    internal static SendingProviderSource FindSource(JsonObjectReader reader, IReadOnlyDictionary<string, SendingProviderSource> sources)
    {
        string id = reader.RequiredText("source");
        return sources.TryGetValue(id, out SendingProviderSource? source)
            ? source
            : throw reader.Fault("source", "no source has the id " + PrintableText.Quote(id) + "." + NearestName.Hint(id, sources.Keys));
    }

    private void CheckWhole(JsonObjectReader reader, SendingProvider provider)
    {
        if (provider.ReturnPath == SendingProviderReturnPath.Bounce && provider.RecordsOf(RecordPurpose.Bounce).Length == 0)
            throw reader.Fault("returnPath", "\"bounce\" needs a record of role bounce.");

        var used = new HashSet<string>(provider.Records.SelectMany(record => record.Parameters), StringComparer.Ordinal);
        string? unused = _parameters.Keys.FirstOrDefault(name => !used.Contains(name));
        SendingProviderRecord? homeless = provider.Records.FirstOrDefault(record => record.Group is { } group && !provider.HasGroup(group));
        if (homeless is not null)
            throw reader.Fault("records", "no group has the name " + PrintableText.Quote(homeless.Group) + ".");

        if (unused is not null)
            throw reader.Fault(reader.Value.Find("parameters")!.Find(unused)!, "no record uses {" + unused + "}.");
    }
}
