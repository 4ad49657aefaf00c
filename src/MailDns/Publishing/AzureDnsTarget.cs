using System.Collections;
using MailDns.Formats;

namespace MailDns.Publishing;

/// <summary>
/// Azure DNS, through the cmdlets of Az.Dns. A record set is written whole and at once, with everything in it that is not
/// ours; the Etag of the reading makes the service refuse when somebody has changed the set since.
/// </summary>
internal sealed class AzureDnsTarget : IRecordTarget
{
    private const string Get = "Get-AzDnsRecordSet";
    private const string New = "New-AzDnsRecordSet";
    private const string Set = "Set-AzDnsRecordSet";
    private const string Remove = "Remove-AzDnsRecordSet";
    private const string NewConfig = "New-AzDnsRecordConfig";
    private const string AddConfig = "Add-AzDnsRecordConfig";
    private const string RemoveConfig = "Remove-AzDnsRecordConfig";

    // Public cloud; the national clouds take 1024.
    private const int MaxText = 4096;

    private readonly SessionCommand _session;
    private readonly string _resourceGroup;
    private readonly Dictionary<(DomainName Owner, DnsRecordType Type), PSObject> _read = new();

    public AzureDnsTarget(SessionCommand session, string resourceGroup)
    {
        _session = session;
        _resourceGroup = resourceGroup;
        session.Require("the Az.Dns module", CommandTypes.Cmdlet | CommandTypes.Function, Get, New, Set, Remove, NewConfig, AddConfig, RemoveConfig);
    }

    public string Description => "Azure DNS, resource group " + _resourceGroup;

    public IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets) => sets.Select(set => new[] { set }).ToArray();

    public bool HasFirstStringOnly => false;

    public void Dispose()
    {
        // Holds nothing.
    }

    public IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones)
    {
        var files = new List<ZoneFile>();
        foreach (DomainName zone in zones)
        {
            var reader = new ExistingZoneReader(zone);
            foreach (PSObject item in Run(Get, Parameters(zone)))
                reader.TryAdd(item);

            // A zone that answers is known, even when it is empty.
            files.Add(reader.Zones.Count > 0 ? reader.Zones[0] : new ZoneFile(zone.Text, zone, Array.Empty<DnsRecord>()));
        }

        return new ZoneFileResolver(files);
    }

    public string? FindObstacle(RecordSetChange set)
    {
        if (RecordTypes.Find(set.Key.Type) is not { Make: not null } type || type.Fields.Any(field => field.Azure is null))
            return DnsRecordTypes.Mnemonic(set.Key.Type) + " records are not written to Azure DNS by this version.";

        return set.Items.SelectMany(item => item.After).OfType<TxtRecord>().Any(record => record.Text.Length is 0 or > MaxText)
            ? "Azure DNS takes texts of 1 to " + MaxText + " characters."
            : null;
    }

    public bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public IReadOnlyList<ResourceRecord> Read(RecordSetState key)
    {
        _read.Remove((key.Owner, key.Type));
        Hashtable parameters = Parameters(key.Zone);
        parameters["Name"] = key.Owner.RelativeTo(key.Zone);
        parameters["RecordType"] = DnsRecordTypes.Mnemonic(key.Type);
        IReadOnlyList<PSObject> found = RunToRead(parameters);
        if (found.Count == 0) return Array.Empty<ResourceRecord>();

        PSObject set = found[0];
        _read[(key.Owner, key.Type)] = set;
        var reader = new ExistingZoneReader(key.Zone);
        if (!reader.TryAdd(set))
            throw new TargetException("The record set of " + key.Owner + " that " + Get + " gives cannot be read.");

        return reader.Zones.SelectMany(zone => zone.Records)
            .Select(record => RecordFactory.Make(record, key.Zone, RecordPurpose.Other)
                ?? throw new TargetException("The record set of " + key.Owner + " has a record that this module cannot read: " + record.Data + "."))
            .ToArray();
    }

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        foreach (RecordSetChange set in sets)
            Write(set);
    }

    private void Write(RecordSetChange set)
    {
        if (!_read.TryGetValue((set.Key.Owner, set.Key.Type), out PSObject? read))
        {
            Create(set);
            return;
        }

        // The object that was read when the plan was checked: its Etag is of that moment.
        foreach (ResourceRecord record in set.Removed)
            Run(RemoveConfig, Config(record, read));

        foreach (ResourceRecord record in set.Added)
            Run(AddConfig, Config(record, read));

        Hashtable parameters = Quiet(new Hashtable { ["RecordSet"] = read });
        Run(set.Wanted.Count == 0 ? Remove : Set, parameters);
    }

    // Without -Overwrite the service refuses when there is a set meanwhile.
    private void Create(RecordSetChange set)
    {
        object[] records = set.Added.SelectMany(record => Run(NewConfig, Config(record, recordSet: null))).Select(item => item.BaseObject).ToArray();
        Hashtable parameters = Quiet(Parameters(set.Key.Zone));
        parameters["Name"] = set.Key.Owner.RelativeTo(set.Key.Zone);
        parameters["RecordType"] = DnsRecordTypes.Mnemonic(set.Key.Type);
        parameters["Ttl"] = set.Added[0].Ttl;
        parameters["DnsRecords"] = records;
        Run(New, parameters);
    }

    private IReadOnlyList<PSObject> RunToRead(Hashtable parameters)
    {
        try
        {
            return _session.Invoke(Get, parameters);
        }
        catch (SessionCommandException exception) when (IsNotThere(exception))
        {
            return Array.Empty<PSObject>();
        }
        catch (SessionCommandException exception)
        {
            throw Failure(Get, exception);
        }
    }

    // The service answers 404 for the set and for the zone; only the first means that nothing is there.
    private static bool IsNotThere(SessionCommandException exception)
    {
        string text = string.Join(" ", exception.Ids) + " " + exception.Message;
        bool isMissing = text.IndexOf("NotFound", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("does not exist", StringComparison.OrdinalIgnoreCase) >= 0;
        bool isAbove = text.IndexOf("ParentResourceNotFound", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("ResourceGroupNotFound", StringComparison.OrdinalIgnoreCase) >= 0;
        return isMissing && !isAbove;
    }

    private IReadOnlyList<PSObject> Run(string command, Hashtable parameters)
    {
        try
        {
            return _session.Invoke(command, parameters);
        }
        catch (SessionCommandException exception)
        {
            throw Failure(command, exception);
        }
    }

    private static TargetException Failure(string command, SessionCommandException exception) => new(
        command + ": " + exception.Message + " (" + string.Join(", ", exception.Ids) + ")",
        isChanged: (string.Join(" ", exception.Ids) + " " + exception.Message).IndexOf("PreconditionFailed", StringComparison.OrdinalIgnoreCase) >= 0,
        exception);

    private Hashtable Parameters(DomainName zone) => new() { ["ZoneName"] = zone.Text, ["ResourceGroupName"] = _resourceGroup, ["ErrorAction"] = ActionPreference.Continue };

    private static Hashtable Quiet(Hashtable parameters)
    {
        parameters["ErrorAction"] = ActionPreference.Continue;
        parameters["Confirm"] = false;
        parameters["WhatIf"] = false;
        return parameters;
    }

    private static Hashtable Config(ResourceRecord record, PSObject? recordSet)
    {
        var values = new Hashtable { ["ErrorAction"] = ActionPreference.Continue, ["RecordSet"] = recordSet };
        foreach ((RecordField field, object value) in RecordText.Fields(record.DnsType, record.Data))
        {
            values[field.Azure!] = RecordText.IsNumber(value) ? value : RecordText.Show(value);
        }

        return values;
    }
}
