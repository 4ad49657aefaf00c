namespace MailDns;

/// <summary>Reads one item of a profile's "records" and proves it with the parameters' examples.</summary>
internal sealed class SendingProviderRecordReader(string fileName, SendingProvider provider, IReadOnlyDictionary<string, SendingProviderSource> sources)
{
    private const string DomainSuffix = ".{" + SendingProviderValues.DomainName + "}";

    private static readonly Dictionary<string, DnsRecordType> s_types = new(StringComparer.Ordinal)
    {
        ["TXT"] = DnsRecordType.Txt,
        ["CNAME"] = DnsRecordType.Cname,
        ["MX"] = DnsRecordType.Mx,
        ["NS"] = DnsRecordType.Ns,
        ["A"] = DnsRecordType.A,
        ["AAAA"] = DnsRecordType.Aaaa,
        ["SRV"] = DnsRecordType.Srv,
    };

    private static readonly Dictionary<string, char> s_alls = new(StringComparer.Ordinal)
    {
        ["fail"] = '-',
        ["softfail"] = '~',
        ["neutral"] = '?',
    };

    // Which types a role may have. DKIM, DMARC and BIMI records may be reached through an alias.
    private static readonly Dictionary<RecordPurpose, DnsRecordType[]> s_roleTypes = new()
    {
        [RecordPurpose.Spf] = new[] { DnsRecordType.Txt },
        [RecordPurpose.SenderId] = new[] { DnsRecordType.Txt },
        [RecordPurpose.Dkim] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.DomainKeysPolicy] = new[] { DnsRecordType.Txt },
        [RecordPurpose.Dmarc] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.Bimi] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.Tracking] = new[] { DnsRecordType.Cname },
        [RecordPurpose.Bounce] = new[] { DnsRecordType.Cname, DnsRecordType.Mx },
        [RecordPurpose.Mx] = new[] { DnsRecordType.Mx },
        [RecordPurpose.Verification] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.Delegation] = new[] { DnsRecordType.Ns },
        [RecordPurpose.MtaSts] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.TlsRpt] = new[] { DnsRecordType.Txt, DnsRecordType.Cname },
        [RecordPurpose.Address] = new[] { DnsRecordType.A, DnsRecordType.Aaaa },
        [RecordPurpose.Other] = new[] { DnsRecordType.Txt, DnsRecordType.Cname, DnsRecordType.Srv },
    };

    private readonly string _fileName = fileName;
    private readonly SendingProvider _provider = provider;
    private readonly IReadOnlyDictionary<string, SendingProviderSource> _sources = sources;

    public SendingProviderRecord Read(JsonValue value)
    {
        var reader = new JsonObjectReader(
            value,
            _fileName,
            "role", "host", "type", "selector", "include", "terms", "redirect", "all", "value", "group", "subdomainOnly", "target", "preference", "weight", "port", "exclusive", "delegates", "required", "legacy", "confidence", "note", "source");
        RecordPurpose role = reader.Choice("role", SendingProviderReader.Roles);
        DnsRecordType type = reader.Choice("type", s_types);
        CheckType(reader, role, type);
        var record = new SendingProviderRecord(role, type, ReadHost(reader, type, reader.OptionalBool("subdomainOnly", otherwise: false)), SendingProviderReader.FindSource(reader, _sources).ToString())
        {
            Required = reader.OptionalBool("required", otherwise: true),
            Legacy = reader.OptionalBool("legacy", otherwise: false),
            Exclusive = reader.OptionalBool("exclusive", otherwise: false),
            Confidence = reader.Choice<SendingProviderConfidence>("confidence", SendingProviderReader.Confidences, _provider.Confidence),
            Note = reader.OptionalText("note"),
            Group = reader.OptionalText("group"),
        };
        if (record.Legacy && record.Required && reader.Has("required"))
            throw reader.Fault("required", "a legacy record cannot be required.");

        record.Required &= !record.Legacy;
        ReadSelector(reader, record);
        ReadContent(reader, record);
        CheckParameters(reader, record);
        CheckExample(reader, record);
        return record;
    }

    private static void CheckType(JsonObjectReader reader, RecordPurpose role, DnsRecordType type)
    {
        DnsRecordType[] allowed = s_roleTypes[role];
        if (!allowed.Contains(type))
        {
            throw reader.Fault("type", "a record of this role is " + string.Join(" or ", allowed.Select(DnsRecordTypes.Mnemonic)) + ", not " + DnsRecordTypes.Mnemonic(type) + ".");
        }
    }

    private static SendingProviderTemplate ReadHost(JsonObjectReader reader, DnsRecordType type, bool isBelowZone)
    {
        SendingProviderTemplate host = Template(reader, "host", reader.RequiredText("host"));
        bool apex = host.Text == DomainSuffix.Substring(1);
        if (!apex && !host.Text.EndsWith(DomainSuffix, StringComparison.Ordinal))
            throw reader.Fault("host", "expected {domain} or a name that ends in .{domain}; found " + PrintableText.Quote(host.Text) + ".");

        if (apex && !isBelowZone && type is DnsRecordType.Cname or DnsRecordType.Ns)
            throw reader.Fault("host", "a " + DnsRecordTypes.Mnemonic(type) + " cannot be at the domain itself, where other records exist (RFC 1034 section 3.6.2).");

        return host;
    }

    private static void ReadSelector(JsonObjectReader reader, SendingProviderRecord record)
    {
        bool dkim = record.Role == RecordPurpose.Dkim;
        if (!dkim)
        {
            NotHere(reader, "selector", "only a DKIM record has a selector.");
            return;
        }

        record.SelectorTemplate = Template(reader, "selector", reader.RequiredText("selector"));
        const string Host = "{selector}._domainkey.{domain}";
        if (!record.Host.StartsWith("{selector}._domainkey.", StringComparison.Ordinal))
        {
            throw reader.Fault("host", "expected " + PrintableText.Quote(Host) + ", or the same below a subdomain (RFC 6376 section 3.6.2.1); found " + PrintableText.Quote(record.Host) + ".");
        }

        if (record.SelectorTemplate.Placeholders.Contains(SendingProviderValues.SelectorName, StringComparer.Ordinal))
            throw reader.Fault("selector", "a selector cannot be made of itself.");
    }

    private static void ReadContent(JsonObjectReader reader, SendingProviderRecord record)
    {
        bool isAddress = record.DnsType is DnsRecordType.A or DnsRecordType.Aaaa;
        bool txt = record.DnsType == DnsRecordType.Txt || isAddress;
        if (txt)
        {
            NotHere(reader, "target", "a " + record.RecordType + " record has a value, not a target.");
            ReadText(reader, record);
        }
        else
        {
            NotHere(reader, "value", "a " + record.RecordType + " record has a target, not a value.");
            NotSpf(reader);
            record.TargetTemplate = Template(reader, "target", reader.RequiredText("target"));
        }

        ReadNumbers(reader, record);
        record.Delegates = reader.OptionalTexts("delegates");
        if (record.Delegates.Length > 0 && record.DnsType != DnsRecordType.Cname)
            throw reader.Fault("delegates", "only an alias (CNAME) hands other records over.");

        string? unknown = record.Delegates.FirstOrDefault(item => item is not ("spf" or "mx"));
        if (unknown is not null)
            throw reader.Fault("delegates", "expected \"spf\" and \"mx\"; found " + PrintableText.Quote(unknown) + ".");
    }

    private static void ReadNumbers(JsonObjectReader reader, SendingProviderRecord record)
    {
        bool isService = record.DnsType == DnsRecordType.Srv;
        record.Preference = Number("preference", isService || record.DnsType == DnsRecordType.Mx, isService ? "an SRV record has a priority (RFC 2782)" : "an MX record has a preference (RFC 1035 section 3.3.9)", "only an MX or SRV record has a preference.");
        record.Weight = Number("weight", isService, "an SRV record has a weight (RFC 2782)", "only an SRV record has a weight.");
        record.Port = Number("port", isService, "an SRV record has a port (RFC 2782)", "only an SRV record has a port.");

        ushort? Number(string name, bool isWanted, string reason, string otherwise)
        {
            if (!isWanted)
            {
                NotHere(reader, name, otherwise);
                return null;
            }

            return reader.OptionalUInt16(name) ?? throw reader.Fault(name, "the property is missing; " + reason + ".");
        }
    }

    private static void ReadText(JsonObjectReader reader, SendingProviderRecord record)
    {
        bool spf = record.Role == RecordPurpose.Spf;
        if (!spf)
        {
            NotSpf(reader);
            record.ValueTemplate = Template(reader, "value", reader.RequiredText("value"));
            return;
        }

        NotHere(reader, "value", "an SPF record is made of \"include\" and \"all\", so that it can be merged into the existing one.");
        string[] includes = reader.OptionalTexts("include");
        string[] terms = reader.OptionalTexts("terms");
        string? redirect = reader.OptionalText("redirect");
        if (includes.Length + terms.Length == 0 && redirect is null)
            throw reader.Fault("include", "expected at least one name to include (RFC 7208 section 5.2), or terms, or a redirect.");

        char qualifier = reader.Choice<char>("all", s_alls, '-');
        record.SetTerms(
            terms.Select((term, index) => TemplateAt(reader, reader.Value.Find("terms")!.Items[index], term))
                .Concat(includes.Select((include, index) => SendingProviderTemplate.Join(SendingProviderTemplate.Literal("include:"), TemplateAt(reader, reader.Value.Find("include")!.Items[index], include))))
                .Concat(redirect is null ? Array.Empty<SendingProviderTemplate>() : new[] { SendingProviderTemplate.Join(SendingProviderTemplate.Literal("redirect="), Template(reader, "redirect", redirect)) }),
            redirect is null ? SendingProviderTemplate.Literal(qualifier + "all") : null);
    }

    private static void NotSpf(JsonObjectReader reader)
    {
        NotHere(reader, "include", "only an SPF record includes.");
        NotHere(reader, "terms", "only an SPF record has terms.");
        NotHere(reader, "redirect", "only an SPF record redirects.");
        NotHere(reader, "all", "only an SPF record ends in \"all\".");
    }

    private void CheckParameters(JsonObjectReader reader, SendingProviderRecord record)
    {
        foreach ((string property, SendingProviderTemplate? template) in Templates(record))
        {
            foreach (string name in template?.Placeholders ?? Array.Empty<string>())
            {
                if (SendingProviderValues.IsBuiltIn(name))
                {
                    if (name == SendingProviderValues.SelectorName && record.SelectorTemplate is null)
                        throw reader.Fault(property, "{selector} has no value here: only a DKIM record has a selector.");

                    continue;
                }

                if (!_provider.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)))
                {
                    IEnumerable<string> known = _provider.Parameters.Select(parameter => parameter.Name)
                        .Concat(new[] { SendingProviderValues.DomainName, SendingProviderValues.DomainDashedName, SendingProviderValues.SelectorName });
                    throw reader.Fault(property, "{" + name + "} is not declared under \"parameters\"." + NearestName.Hint(name, known));
                }
            }
        }
    }

    // With every placeholder filled in by its example, the record has to be one that DNS takes.
    private void CheckExample(JsonObjectReader reader, SendingProviderRecord record)
    {
        var values = new SendingProviderValues(
            DomainName.FromDns("example.com"),
            _provider.Parameters.Select(parameter => new KeyValuePair<string, string>(parameter.Name, parameter.Example)));
        foreach ((string property, SendingProviderTemplate? template) in Templates(record))
        {
            if (template is null) continue;

            try
            {
                SendingProviderExpansion.Check(_provider, record, values, property);
            }
            catch (FormatException exception)
            {
                throw reader.Fault(property, "with the examples filled in it is wrong: " + exception.Message);
            }
        }
    }

    private static IEnumerable<(string Property, SendingProviderTemplate? Template)> Templates(SendingProviderRecord record)
    {
        yield return ("selector", record.SelectorTemplate);
        yield return ("host", record.HostTemplate);
        yield return (record.Role == RecordPurpose.Spf ? "include" : "value", record.ValueTemplate);
        yield return ("target", record.TargetTemplate);
    }

    private static SendingProviderTemplate Template(JsonObjectReader reader, string name, string text) =>
        TemplateAt(reader, reader.Value.Find(name)!, text);

    private static SendingProviderTemplate TemplateAt(JsonObjectReader reader, JsonValue at, string text) =>
        SendingProviderTemplate.TryParse(text, out SendingProviderTemplate? template, out string problem) ? template! : throw reader.Fault(at, problem);

    private static void NotHere(JsonObjectReader reader, string name, string reason)
    {
        if (reader.Has(name)) throw reader.Fault(name, reason);
    }
}
