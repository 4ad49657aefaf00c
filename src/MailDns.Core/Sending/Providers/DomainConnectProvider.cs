using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>
/// Makes the profile that a Domain Connect template is for one domain: owners by the rules of the standard, values put in
/// once, several SPF rules of one owner put together. Without a domain it is the profile for the list.
/// </summary>
internal sealed class DomainConnectProvider
{
    private const string KeyLabel = "._domainkey.";
    private static readonly SendingProviderTemplate s_nothing = SendingProviderTemplate.Literal(string.Empty);

    // Names of which a reader takes one record only; a second one is an error by the record's own RFC, whatever the template says.
    private static readonly RecordPurpose[] s_single = { RecordPurpose.Spf, RecordPurpose.Dkim, RecordPurpose.Dmarc, RecordPurpose.Bimi, RecordPurpose.MtaSts, RecordPurpose.TlsRpt };
    private readonly DomainConnectTemplate _template;
    private readonly DomainName? _domain;
    private readonly DomainName? _zone;
    private readonly Dictionary<string, SendingProviderTemplate> _values = new(StringComparer.Ordinal);
    private readonly List<string> _leftOut = new();
    private readonly List<(DomainConnectRecord From, SendingProviderRecord Record)> _records = new();

    private DomainConnectProvider(DomainConnectTemplate template, DomainName? domain, DomainName? zone, IEnumerable<KeyValuePair<string, string>> values)
    {
        _template = template;
        _domain = domain;
        _zone = zone;
        foreach (KeyValuePair<string, string> value in values)
            _values["%" + value.Key + "%"] = SendingProviderTemplate.Literal(value.Value);

        SendingProviderTemplate name = domain is null ? SendingProviderTemplate.Placeholder(SendingProviderValues.DomainName) : SendingProviderTemplate.Literal(domain.Text);
        DomainName? apex = zone ?? domain;
        _values["%fqdn%"] = name;
        _values["%domain%"] = apex is null ? name : SendingProviderTemplate.Literal(apex.Text);
        _values["%host%"] = apex is null || domain!.Equals(apex) ? s_nothing : SendingProviderTemplate.Literal(domain.RelativeTo(apex));
    }

    private SendingProviderTemplate Domain => _values["%fqdn%"];

    /// <summary>The profile for the list: variables and placeholders as they are.</summary>
    public static SendingProvider Describe(DomainConnectTemplate template) =>
        new DomainConnectProvider(template, domain: null, zone: null, Array.Empty<KeyValuePair<string, string>>()).Make(template.Records);

    /// <summary>The profile for a domain.</summary>
    /// <param name="template">The template.</param>
    /// <param name="domain">The name that it is applied to.</param>
    /// <param name="zone">The zone that holds the name; null where it is not known.</param>
    /// <param name="values">Values by the variables' exact names. Those that are not known stay variables.</param>
    /// <param name="groups">The groups to apply; empty for all.</param>
    /// <exception cref="SendingProviderValueException">A group is unknown, groups exclude each other, or a value does not fit.</exception>
    /// <exception cref="JsonTextException">The template itself cannot be applied.</exception>
    public static SendingProvider Bind(
        DomainConnectTemplate template,
        DomainName domain,
        DomainName? zone,
        IReadOnlyList<KeyValuePair<string, string>> values,
        IReadOnlyList<string> groups)
    {
        var binder = new DomainConnectProvider(template, domain, zone, values);
        if (template.HostRequired && zone is not null && domain.Equals(zone)) throw NeedsHost(template, domain);

        DomainConnectRecord[] active = binder.Active(groups);
        SendingProvider provider = binder.Make(active);
        binder.CheckConflicts(groups.Count == 0);
        return provider;
    }

    /// <summary>What is said where a template for a name below a zone is applied to the zone itself.</summary>
    public static SendingProviderValueException NeedsHost(DomainConnectTemplate template, DomainName zone) =>
        new(template.Id, "host", "Template " + template.Id + " is for a name below a zone, not for " + zone + " itself. Give the name as -Domain and its zone as -ZoneName.");

    /// <summary>The variables of the active records that hold a whole DKIM key: as the value of p=, or as the whole record.</summary>
    public static IReadOnlyList<(string Name, bool IsRecord)> KeyVariables(DomainConnectTemplate template, IReadOnlyList<string> groups)
    {
        DomainConnectRecord[] active = new DomainConnectProvider(template, null, null, Array.Empty<KeyValuePair<string, string>>()).Active(groups);
        return active
            .Where(record => record.Type == "TXT" && DomainConnectRoles.Of(record.Type, record.Host.Text + ".x", isDomain: false, record.Content.Text) == RecordPurpose.Dkim)
            .Select(record => record.Content)
            .Select(content => content.IsBare ? (Name: content.Placeholders[0], IsRecord: true) : (Name: KeyIn(content), IsRecord: false))
            .Where(variable => variable.Name.Length > 0)
            .Distinct()
            .ToArray();
    }

    // The variable that is all of p=; nothing where the key is put together from several.
    private static string KeyIn(SendingProviderTemplate content) =>
        content.Placeholders.FirstOrDefault(name => content.Text.Replace(" ", string.Empty) is var text
            && text.IndexOf("p=" + name, StringComparison.Ordinal) is >= 0 and var at
            && (at + 2 + name.Length == text.Length || text[at + 2 + name.Length] == ';')) ?? string.Empty;

    /// <summary>The variables of the active records that have no value, with the places that need one.</summary>
    public static IReadOnlyList<(string Name, string Place)> Missing(DomainConnectTemplate template, IReadOnlyList<KeyValuePair<string, string>> values, IReadOnlyList<string> groups)
    {
        DomainConnectRecord[] active = new DomainConnectProvider(template, null, null, values).Active(groups);
        string[] names = DomainConnectTemplate.VariablesOf(active.Where(record => !IsNoRecord(record))).Distinct(StringComparer.Ordinal).Except(values.Select(value => "%" + value.Key + "%"), StringComparer.Ordinal).ToArray();
        return names.Select(name => (name, string.Join(", ", PlacesOf(active, name)))).ToArray();
    }

    // Active are the records without a group, and those of the groups that are named (exact, case-sensitive).
    private DomainConnectRecord[] Active(IReadOnlyList<string> groups)
    {
        string? unknown = groups.FirstOrDefault(group => !_template.Groups.Contains(group, StringComparer.Ordinal));
        if (unknown is not null)
        {
            string known = _template.Groups.Any() ? " Its groups: " + string.Join(", ", _template.Groups.Select(PrintableText.Escape)) + "." : " It has no groups.";
            throw new SendingProviderValueException(_template.Id, "ProviderGroup", "Template " + _template.Id + " has no group " + PrintableText.Quote(unknown) + "." + known);
        }

        return _template.Records.Where(record => groups.Count == 0 || record.GroupId is null || groups.Contains(record.GroupId, StringComparer.Ordinal)).ToArray();
    }

    private SendingProvider Make(IReadOnlyList<DomainConnectRecord> active)
    {
        foreach (DomainConnectRecord record in active)
        {
            if (IsNoRecord(record))
            {
                _leftOut.Add(record.Place("type") + ": " + record.Type + (record.Type.StartsWith("REDIR", StringComparison.Ordinal) ? " is a redirection of the web, not a DNS record." : " is not a type that this module makes."));
                continue;
            }

            _records.Add((record, Convert(record)));
        }

        LeaveOutTwins();
        JoinSpf();
        bool returns = JoinBounce();
        string[] unknown = DomainConnectTemplate.VariablesOf(active).Distinct(StringComparer.Ordinal).Where(name => !_values.ContainsKey(name)).ToArray();
        var provider = new SendingProvider(_template.Id, PrintableText.Escape(_template.ProviderName) + ": " + PrintableText.Escape(_template.ServiceName), _template.FileName)
        {
            Kind = SendingProviderKind.Template,
            ReturnPath = returns ? SendingProviderReturnPath.Bounce : SendingProviderReturnPath.Unknown,
            Records = _records.Select(item => item.Record).ToArray(),
            Parameters = unknown.Select(name => new SendingProviderParameter(name, PlacesOf(active, name).ToArray())).ToArray(),
            Groups = Groups(),
            LeftOut = _leftOut.ToArray(),
            Note = _template.Notes.Count == 0 ? null : string.Join(" ", _template.Notes),
            Template = _template,
        };
        return provider;
    }

    private static bool IsNoRecord(DomainConnectRecord record) =>
        record.Type is not ("A" or "AAAA" or "CNAME" or "NS" or "MX" or "TXT" or "SRV" or DomainConnectRecord.SpfMerge);

    private SendingProviderRecord Convert(DomainConnectRecord record)
    {
        SendingProviderTemplate owner = Owner(record);
        SendingProviderTemplate content = Fill(record.Content);
        CheckText(record, record.ContentName, content);
        DnsRecordType type = record.Type switch
        {
            "A" => DnsRecordType.A,
            "AAAA" => DnsRecordType.Aaaa,
            "CNAME" => DnsRecordType.Cname,
            "NS" => DnsRecordType.Ns,
            "MX" => DnsRecordType.Mx,
            "SRV" => DnsRecordType.Srv,
            _ => DnsRecordType.Txt,
        };
        RecordPurpose role = DomainConnectRoles.Of(record.Type, owner.Text, string.Equals(owner.Text, Domain.Text, StringComparison.OrdinalIgnoreCase), content.Text);
        var made = new SendingProviderRecord(role, type, owner, record.Place(record.ContentName))
        {
            Required = record.IsEssential,
            Group = record.GroupId,
            TimeToLive = Number(record, "ttl", record.Ttl) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ConflictPrefix = record.ConflictMode switch { "All" => string.Empty, "Prefix" => record.ConflictPrefix, _ => null },
            Places = record,
        };
        SetContent(record, made, content);
        if (role == RecordPurpose.Dkim && owner.Cut(KeyLabel) is var (selector, rest))
        {
            made.SelectorTemplate = selector;
            made.HostTemplate = SendingProviderTemplate.Join(SendingProviderTemplate.Placeholder(SendingProviderValues.SelectorName), SendingProviderTemplate.Literal(KeyLabel), rest);
        }

        return made;
    }

    private void SetContent(DomainConnectRecord record, SendingProviderRecord made, SendingProviderTemplate content)
    {
        switch (record.Type)
        {
            case "A" or "AAAA":
                made.ValueTemplate = Address(record, content);
                break;
            case "CNAME" or "NS" or "MX" or "SRV":
                made.TargetTemplate = Target(record, content);
                made.Preference = (ushort?)Number(record, "priority", record.Priority);
                made.Weight = (ushort?)Number(record, "weight", record.Weight);
                made.Port = (ushort?)Number(record, "port", record.Port);
                break;
            default:
                if (made.Role == RecordPurpose.Spf)
                    SetSpf(record, made, content);
                else
                    made.ValueTemplate = Unquoted(content);

                break;
        }
    }

    // The rules are an SPF record's terms without version and "all". A value may bring both along: it is somebody's text.
    private void SetSpf(DomainConnectRecord record, SendingProviderRecord made, SendingProviderTemplate content)
    {
        bool merges = record.Type == DomainConnectRecord.SpfMerge;
        List<SendingProviderTemplate> words = content.Words().Where(word => !string.Equals(word.Text, "v=spf1", StringComparison.OrdinalIgnoreCase)).ToList();
        SendingProviderTemplate? all = words.LastOrDefault(word => IsAll(word.Text));
        if (all is { Text: "all" or "+all" })
            throw Fault(record, record.ContentName, PrintableText.Quote(all.Text) + " would authorise everybody to send.");

        if (merges && content.IsConstant && words.All(word => IsAll(word.Text)))
            throw Fault(record, record.ContentName, "there are no SPF terms in it.");

        made.SetTerms(words.Where(word => !IsAll(word.Text)), merges ? SendingProviderTemplate.Literal("~all") : all);
        if (content.IsConstant && !SpfParser.TryParse(made.ValueTemplate!.Text, out _, out RecordParseException? error))
            throw Fault(record, record.ContentName, "it does not give an SPF record: " + error!.Message);
    }

    private static bool IsAll(string word) => word.TrimStart('+', '-', '~', '?').Equals("all", StringComparison.OrdinalIgnoreCase);

    // The same record twice, as in groups that share it, is one (section "identical records").
    private void LeaveOutTwins()
    {
        foreach (var twins in _records.GroupBy(item => item.Record.SelectorTemplate?.Text + " " + item.Record, StringComparer.Ordinal).Where(group => group.Count() > 1).ToArray())
            _records.RemoveAll(item => twins.Skip(1).Contains(item));
    }

    // All SPF rules for one owner are one record (RFC 7208 section 3.2).
    private void JoinSpf()
    {
        foreach (IGrouping<string, (DomainConnectRecord From, SendingProviderRecord Record)> owner in _records.Where(item => item.Record.Role == RecordPurpose.Spf)
            .GroupBy(item => item.Record.Host, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToArray())
        {
            SendingProviderRecord first = owner.First().Record;
            SendingProviderTemplate? all = owner.Where(item => item.From.Type != DomainConnectRecord.SpfMerge).Select(item => item.Record.AllTemplate).FirstOrDefault(text => text is not null);
            first.SetTerms(
                owner.SelectMany(item => item.Record.TermTemplates).GroupBy(term => term.Text.TrimStart('+'), StringComparer.OrdinalIgnoreCase).Select(same => same.First()).ToArray(),
                all ?? first.AllTemplate);
            _records.RemoveAll(item => owner.Skip(1).Contains(item));
        }
    }

    // A mail server with an SPF record of its own below the domain is where bounces go; an alias is by its name.
    private bool JoinBounce()
    {
        foreach ((_, SendingProviderRecord record) in _records.Where(item => item.Record is { Role: RecordPurpose.Mx } && item.Record.Host != Domain.Text))
        {
            if (_records.Any(item => item.Record.Role == RecordPurpose.Spf && item.Record.Host == record.Host))
                record.Role = RecordPurpose.Bounce;
        }

        foreach ((_, SendingProviderRecord record) in _records.Where(item => item.Record is { Role: RecordPurpose.Bounce, DnsType: DnsRecordType.Cname }))
        {
            record.Delegates = new[] { "spf", "mx" };
        }

        return _records.Any(item => item.Record.Role == RecordPurpose.Bounce);
    }

    private SendingProviderTemplate Owner(DomainConnectRecord record)
    {
        SendingProviderTemplate host = Fill(record.Host);
        bool isDomain = host.IsConstant && host.Text is "" or "@";
        bool isAbsolute = host.Text.EndsWith(".", StringComparison.Ordinal) && !isDomain;
        SendingProviderTemplate owner = isDomain ? Domain
            : isAbsolute ? host.WithoutLastDot()
            : SendingProviderTemplate.Join(host, SendingProviderTemplate.Literal("."), Domain);
        if (record.Type == "SRV")
            owner = SendingProviderTemplate.Join(Underscored(record.Service!), Underscored(record.Protocol!), owner);

        if (_domain is null || !owner.IsConstant) return owner;

        DomainName name;
        try
        {
            name = SendingProviderExpansion.ParseOwner(owner.Text);
        }
        catch (DomainNameException exception)
        {
            throw Fault(record, record.HostName, exception.Message);
        }

        DomainName border = _zone ?? _domain;
        if (_zone is not null && !name.IsSameOrBelow(border))
            throw Fault(record, record.HostName, name + " is outside the zone " + border + ".");

        if (name.Equals(border) && record.Type == "NS")
            throw Fault(record, record.HostName, "the name servers of " + border + " itself are not a platform's to change.");

        if (_zone is not null && name.Equals(border) && record.Type == "CNAME")
            throw Fault(record, record.HostName, "a CNAME cannot be at " + border + ", beside the zone's SOA and NS (RFC 1034 section 3.6.2).");

        return SendingProviderTemplate.Literal(name.Text);
    }

    // RFC 2782: service and protocol are labels with an underscore; templates write them with and without.
    private SendingProviderTemplate Underscored(SendingProviderTemplate text)
    {
        SendingProviderTemplate label = Fill(text);
        return SendingProviderTemplate.Join(SendingProviderTemplate.Literal(label.Text.StartsWith("_", StringComparison.Ordinal) ? string.Empty : "_"), label, SendingProviderTemplate.Literal("."));
    }

    private SendingProviderTemplate Target(DomainConnectRecord record, SendingProviderTemplate content)
    {
        if (content.Text == "@" && content.IsConstant)
            return record.Type != "NS" ? Domain : throw Fault(record, record.ContentName, "\"@\" cannot be a name server.");

        SendingProviderTemplate target = content.Text.Length > 1 ? content.WithoutLastDot() : content;
        if (!target.IsConstant) return target;
        if (target.Text == "." && record.Type == "MX") return target;

        return DomainName.TryParseRelative(target.Text, out DomainName? name, out string reason)
            ? SendingProviderTemplate.Literal(name!.Text)
            : throw Fault(record, record.ContentName, PrintableText.Quote(target.Text) + " is not a valid domain name: " + reason);
    }

    private SendingProviderTemplate Address(DomainConnectRecord record, SendingProviderTemplate content)
    {
        if (!content.IsConstant) return content;

        AddressFamily family = record.Type == "A" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        bool isAddress = IPAddress.TryParse(content.Text, out IPAddress? address) && address.AddressFamily == family
            && (family == AddressFamily.InterNetworkV6 || content.Text.Count(c => c == '.') == 3);
        return isAddress
            ? SendingProviderTemplate.Literal(address!.ToString())
            : throw Fault(record, record.ContentName, PrintableText.Quote(content.Text) + " is not an " + (record.Type == "A" ? "IPv4" : "IPv6") + " address.");
    }

    private int? Number(DomainConnectRecord record, string property, SendingProviderTemplate? text)
    {
        if (text is null || Fill(text) is not { IsConstant: true } number) return null;

        int greatest = property == "ttl" ? int.MaxValue : ushort.MaxValue;
        return long.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= greatest
            ? (int)value
            : throw Fault(record, property, PrintableText.Quote(number.Text) + " is not a whole number from 0 to " + greatest + ".");
    }

    private static SendingProviderTemplate Unquoted(SendingProviderTemplate content) =>
        content is { IsConstant: true, Text: { Length: > 1 } text } && text[0] == '"' && text.IndexOf('"', 1) == text.Length - 1
            ? SendingProviderTemplate.Literal(text.Substring(1, text.Length - 2))
            : content;

    private void CheckText(DomainConnectRecord record, string property, SendingProviderTemplate text)
    {
        if (!text.IsConstant) return;

        if (text.Text.Any(c => c is < ' ' or > '~'))
            throw Fault(record, property, "it has characters that are not printable ASCII.");

        if (text.Text.Length == 0 && record.Type != "TXT") throw Fault(record, property, "it is empty.");
    }

    private SendingProviderTemplate Fill(SendingProviderTemplate text) => text.Substitute(name => _values.TryGetValue(name, out SendingProviderTemplate? value) ? value : null);

    private void CheckConflicts(bool chooses)
    {
        (DomainConnectRecord From, SendingProviderRecord Record, string Owner)[] known = _records
            .Select(item => (item.From, item.Record, Owner: OwnerText(item.Record)))
            .Where(item => item.Owner is not null)
            .Select(item => (item.From, item.Record, item.Owner!))
            .ToArray();
        foreach (IGrouping<string, (DomainConnectRecord From, SendingProviderRecord Record, string Owner)> name in known.GroupBy(item => item.Owner, StringComparer.OrdinalIgnoreCase))
        {
            (DomainConnectRecord From, SendingProviderRecord Record, string Owner)[] items = name.ToArray();
            for (int i = 1; i < items.Length; i++)
            {
                (DomainConnectRecord From, SendingProviderRecord Record, string Owner) other = items.Take(i).FirstOrDefault(item => Excludes(item.Record, items[i].Record));
                if (other.Record is not null) throw Conflict(other.From, items[i].From, name.Key, chooses);
            }
        }

        foreach ((DomainConnectRecord from, _, string cut) in known.Where(item => item.Record.DnsType == DnsRecordType.Ns))
        {
            (DomainConnectRecord From, SendingProviderRecord Record, string Owner) below = known.FirstOrDefault(item =>
                item.Record.DnsType != DnsRecordType.Ns && (item.Owner == cut || item.Owner.EndsWith("." + cut, StringComparison.OrdinalIgnoreCase)));
            if (below.Record is not null) throw Conflict(from, below.From, below.Owner, chooses);
        }
    }

    private static string? OwnerText(SendingProviderRecord record) =>
        record.SelectorTemplate is { } selector
            ? selector.IsConstant ? record.HostTemplate.Expand(_ => selector.Text) : null
            : record.HostTemplate.IsConstant ? record.HostTemplate.Text : null;

    private static bool Excludes(SendingProviderRecord one, SendingProviderRecord other)
    {
        bool same = one.DnsType == other.DnsType && string.Equals(one.Content, other.Content, StringComparison.Ordinal);
        return !same
            && (one.DnsType == DnsRecordType.Cname || other.DnsType == DnsRecordType.Cname
                || (one.DnsType == DnsRecordType.Txt && other.DnsType == DnsRecordType.Txt && one.Role == other.Role && s_single.Contains(one.Role)));
    }

    private Exception Conflict(DomainConnectRecord one, DomainConnectRecord other, string owner, bool chooses)
    {
        string both = one.Place(one.ContentName) + " and " + other.Place(other.ContentName) + " cannot both be at " + owner + ".";
        if (chooses && one.GroupId != other.GroupId)
        {
            return new SendingProviderValueException(
                _template.Id,
                "ProviderGroup",
                "Groups of template " + _template.Id + " exclude each other: " + both + " Choose with -ProviderGroup among: " + string.Join(", ", _template.Groups.Select(PrintableText.Escape)) + ".");
        }

        return new JsonTextException(_template.FileName, other.Json.Line, other.Json.Column, other.Json.Path, "the template contradicts itself: " + both);
    }

    // Where the text has variables, a value is to blame and is named; else the file.
    private Exception Fault(DomainConnectRecord record, string property, string problem)
    {
        string[] variables = record.Texts.Where(item => item.Property == property).SelectMany(item => item.Text.Placeholders).Except(DomainConnectTemplate.BuiltIn, StringComparer.Ordinal).ToArray();
        JsonValue at = record.Json.Find(property) ?? record.Json;
        return variables.Length == 0
            ? new JsonTextException(_template.FileName, at.Line, at.Column, JsonValue.MemberPath(record.Json.Path, property), problem)
            : new SendingProviderValueException(
                _template.Id,
                variables[0].Trim('%'),
                "The value for " + string.Join(" and ", variables) + " of template " + _template.Id + " cannot be used in " + record.Place(property) + ": " + problem);
    }

    private static IEnumerable<string> PlacesOf(IEnumerable<DomainConnectRecord> records, string variable) =>
        records.SelectMany(record => record.Texts.Where(item => item.Text.Placeholders.Contains(variable, StringComparer.Ordinal))
            .Select(item => DomainConnectRoles.Place(record, item.Property, item.Text) + " in " + record.Place(item.Property)));

    private SendingProviderGroup[] Groups()
    {
        string[] names = _template.Groups.ToArray();
        if (names.Length > 50)
            return names.Select(name => new SendingProviderGroup(name, null, Array.Empty<string>(), isDefault: true)).ToArray();

        var pairs = new HashSet<(string, string)>();
        foreach (IGrouping<string, (DomainConnectRecord From, SendingProviderRecord Record)> owner in _records.Where(item => item.From.GroupId is not null).GroupBy(item => item.Record.Host + " " + item.Record.Selector, StringComparer.OrdinalIgnoreCase))
        {
            foreach ((DomainConnectRecord from, SendingProviderRecord record) in owner)
            {
                pairs.UnionWith(owner.Where(other => other.From.GroupId != from.GroupId && Excludes(record, other.Record)).Select(other => (from.GroupId!, other.From.GroupId!)));
            }
        }

        return names.Select(name => new SendingProviderGroup(
            PrintableText.Escape(name),
            description: null,
            pairs.Where(pair => pair.Item1 == name).Select(pair => PrintableText.Escape(pair.Item2)).Distinct(StringComparer.Ordinal).ToArray(),
            isDefault: true)).ToArray();
    }
}
