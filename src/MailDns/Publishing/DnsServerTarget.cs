using System.Collections;
using MailDns.Formats;

namespace MailDns.Publishing;

/// <summary>
/// Windows DNS Server, through the cmdlets of its module. One record is added, replaced (Set-DnsServerResourceRecord, in one
/// call) or removed at a time, and each set is read again just before.
/// </summary>
internal sealed class DnsServerTarget : ModuleTarget
{
    private const string Get = "Get-DnsServerResourceRecord";
    private const string Add = "Add-DnsServerResourceRecord";
    private const string Set = "Set-DnsServerResourceRecord";
    private const string Remove = "Remove-DnsServerResourceRecord";
    private const string DnsCmd = "dnscmd";

    // DNS_ERROR_RECORD_DOES_NOT_EXIST, DNS_ERROR_NAME_DOES_NOT_EXIST; DNS_ERROR_RECORD_ALREADY_EXISTS.
    private static readonly int[] s_notThere = { 9701, 9714 };
    private static readonly int[] s_alreadyThere = { 9711 };
    private readonly SessionCommand _session;
    private readonly string _computer;
    private readonly bool _usesDnsCmd;

    public DnsServerTarget(SessionCommand session, string computer, bool usesDnsCmd) : base(session, Get)
    {
        _session = session;
        _computer = computer;
        _usesDnsCmd = usesDnsCmd;
        session.Require("the DnsServer module of the Remote Server Administration Tools", CommandTypes.Cmdlet | CommandTypes.Function, Get, Add, Set, Remove);
        if (usesDnsCmd)
            session.Require("the DNS Server Tools", CommandTypes.Application | CommandTypes.Function, DnsCmd);
    }

    public override string Description => "DNS server " + _computer;
    public override bool HasFirstStringOnly => true;
    private protected override bool KnowsEmptyZones => false;

    public override string? FindObstacle(RecordSetChange set)
    {
        // A field that the cmdlets have words for is read back as they please.
        if (RecordTypes.Find(set.Key.Type) is not { DnsServerSwitch: not null } type || type.Fields.Any(field => field.Words.Count > 0))
        {
            return DnsRecordTypes.Mnemonic(set.Key.Type) + " records are not written through the cmdlets of Windows DNS Server by this version. Add the record in DNS Manager, or with -UpdateServer.";
        }

        ResourceRecord[] comes = set.Items.SelectMany(item => item.After).ToArray();
        if (!_usesDnsCmd && comes.Any(LongText.IsLong))
        {
            return "Add-DnsServerResourceRecord takes texts of at most " + LongText.Limit + " characters; this one has " + comes.OfType<TxtRecord>().Max(record => record.Text.Length) + ". " + LongText.Ways;
        }

        if (set.Items.Any(item => item.Before.Any(HasSeveralStrings)))
        {
            return "The record that has to go has several strings, of which the cmdlets of Windows DNS Server see the first only. Remove it in DNS Manager, then compare again.";
        }

        // A backslash before the quotation mark that ends an argument would take it into the argument.
        if (comes.Any(record => LongText.IsLong(record) && ((TxtRecord)record).Text.IndexOf('\\') >= 0))
            return "The text has a backslash, which dnscmd.exe does not store as it is. Use DNS Manager.";

        return comes.OfType<TxtRecord>().Any(IsUnsafe)
            ? "The text is empty, or has a quotation mark or an octet outside printable ASCII, which the cmdlets of Windows DNS Server do not store as they are. Use DNS Manager."
            : comes.Where(record => !LongText.IsLong(record)).Select(Refusal).FirstOrDefault(refusal => refusal is not null);
    }

    private static string? Refusal(ResourceRecord record)
    {
        try
        {
            _ = DnsServerParameters.Create(record);
            return null;
        }
        catch (RecordExportException exception)
        {
            return exception.Message;
        }
    }

    public override IReadOnlyList<ResourceRecord> Read(RecordSetState key) => ReadObjects(key).Select(item => item.Record).ToArray();

    // Only the first string of a text can be read.
    public override bool IsSame(ResourceRecord planned, ResourceRecord actual) =>
        RecordEquality.IsSameData(planned, actual)
        || (planned is TxtRecord text && actual is TxtRecord first && HasSeveralStrings(text) && string.Equals(text.Parts[0], first.Text, StringComparison.Ordinal));

    private static bool HasSeveralStrings(ResourceRecord record) => record is TxtRecord { Parts.Count: > 1 };

    private static bool IsUnsafe(TxtRecord record) => record.Text.Length == 0 || record.Text.Any(c => c is < ' ' or > '~' or '"');

    private protected override void Write(RecordSetChange set)
    {
        foreach (RecordChange item in set.Items)
        {
            Write(
                set.Key,
                set.Removed.Where(record => item.Before.Any(other => IsSame(other, record))).ToArray(),
                set.Added.Where(record => item.After.Any(other => RecordEquality.IsSameData(other, record))).OrderBy(LongText.IsLong).ToArray());
        }
    }

    // One for one is a replacement in one call. What is left is added before the rest is removed, save an alias, which stands alone.
    private void Write(RecordSetState key, ResourceRecord[] removed, ResourceRecord[] added)
    {
        int pairs = Math.Min(removed.Length, added.Count(record => !LongText.IsLong(record)));
        for (int i = 0; i < pairs; i++)
            Replace(key, removed[i], added[i]);

        bool isAlias = key.Type == DnsRecordType.Cname;
        foreach (ResourceRecord record in removed.Skip(isAlias ? pairs : removed.Length))
            RemoveOne(key, record);

        foreach (ResourceRecord record in added.Skip(pairs))
            AddOne(record);

        foreach (ResourceRecord record in removed.Skip(isAlias ? removed.Length : pairs))
            RemoveOne(key, record);
    }

    private void AddOne(ResourceRecord record)
    {
        if (LongText.IsLong(record))
        {
            AddLong((TxtRecord)record);
            return;
        }

        Hashtable parameters = Quiet(Parameters(record.Zone));
        foreach (DictionaryEntry parameter in DnsServerParameters.Create(record))
            parameters[parameter.Key] = parameter.Value;

        try
        {
            _session.Invoke(Add, parameters);
        }
        catch (SessionCommandException exception) when (exception.IsWin32(s_alreadyThere))
        {
            // The very record is there.
        }
        catch (SessionCommandException exception)
        {
            throw Failure(Add, exception);
        }
    }

    // dnscmd takes one argument a string; the strings hold no quotation marks (see FindObstacle).
    private void AddLong(TxtRecord record)
    {
        var arguments = new List<string> { _computer, "/RecordAdd", record.ZoneName, record.Name, record.Ttl.ToString(System.Globalization.CultureInfo.InvariantCulture), "TXT" };
        arguments.AddRange(record.Parts);
        try
        {
            IReadOnlyList<PSObject> output = _session.Invoke(DnsCmd, new Hashtable(), arguments);
            if (output.Any(line => line.ToString().IndexOf("failed", StringComparison.OrdinalIgnoreCase) >= 0))
                throw new TargetException("dnscmd: " + string.Join(" ", output.Select(line => line.ToString().Trim())));
        }
        catch (SessionCommandException exception)
        {
            throw Failure(DnsCmd, exception);
        }
    }

    private void Replace(RecordSetState key, ResourceRecord removed, ResourceRecord added)
    {
        // Two readings give two objects; the second is changed and set in the place of the first.
        PSObject old = Find(key, removed);
        PSObject changed = Find(key, removed);
        PSObject data = PSObject.AsPSObject(changed.Properties["RecordData"].Value);
        foreach ((string name, object value) in Values(added))
        {
            data.Properties[name].Value = value;
        }

        Run(Set, Quiet(Parameters(key.Zone), ("OldInputObject", old), ("NewInputObject", changed)));
    }

    private void RemoveOne(RecordSetState key, ResourceRecord record) =>
        Run(Remove, Quiet(Parameters(key.Zone), ("InputObject", Find(key, record)), ("Force", true)));

    private PSObject Find(RecordSetState key, ResourceRecord record) =>
        ReadObjects(key).FirstOrDefault(item => RecordEquality.IsSameData(item.Record, record)).Item
        ?? throw new TargetException("The record of " + key.Owner + " that has to go is not there any more.", isChanged: true);

    private List<(PSObject Item, ResourceRecord Record)> ReadObjects(RecordSetState key)
    {
        var found = new List<(PSObject, ResourceRecord)>();
        foreach (PSObject item in ReadSet(key, "RRType"))
        {
            var reader = new ExistingZoneReader(key.Zone);
            DnsRecord? record = reader.TryAdd(item) ? reader.Zones[0].Records[0] : throw new TargetException("A record of " + key.Owner + " that " + Get + " gives cannot be read.");

            // The name may bring those below it.
            if (record.Owner.Equals(key.Owner) && record.Type == key.Type && RecordFactory.Make(record, key.Zone, RecordPurpose.Other) is { } made)
                found.Add((item, made));
        }

        return found;
    }

    private protected override bool IsNotThere(SessionCommandException exception) => exception.IsWin32(s_notThere);

    private protected override Hashtable Parameters(DomainName zone) => new() { ["ZoneName"] = zone.Text, ["ComputerName"] = _computer, ["ErrorAction"] = ActionPreference.Continue };

    /// <summary>The properties of RecordData, names with the dot that Get-DnsServerResourceRecord shows.</summary>
    private static IEnumerable<(string Name, object Value)> Values(ResourceRecord record) =>
        RecordText.Fields(record.DnsType, record.Data).Select(part => (part.Field.DnsServer, part.Value is DomainName name ? RecordText.Absolute(name) : part.Value));
}
