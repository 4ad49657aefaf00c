using System.IO;
using System.Net;
using MailDns.Publishing;

namespace MailDns.Commands;

/// <summary>Publishes a plan, or records, in Windows DNS Server, in Azure DNS, or by dynamic update (RFC 2136).</summary>
/// <remarks>
/// Takes the plan of Compare-SendingDomain, or records, which are compared with the target first. Each change is shown and
/// confirmed (-Confirm:$false in scripts; -WhatIf shows and writes nothing). Every record set is read again before the first
/// write; if one has changed since the plan was made, nothing is written at all. After writing, each set is read back.
/// Conflict and Unknown items are left out, with a warning.
/// Each result includes the changes that undo it: <c>$results.Undo | Publish-SendingDomainRecord ...</c> restores the former
/// records, and -UndoPath keeps the same in a file, written before the first change.
/// Windows DNS Server changes one record at a time: new ones are added first, a replacement is one call. Azure DNS changes a
/// record set at once, and refuses when somebody has changed it since it was read. A dynamic update changes all of a zone's
/// sets at once or none.
/// Texts over 254 characters, such as every 2048-bit DKIM key, cannot be written by the cmdlets of Windows DNS Server: they are
/// left out, with a list of alternatives, or written by dnscmd.exe with -LongText DnsCmd.
/// </remarks>
/// <example>
/// <code>$records | Compare-SendingDomain -Server 10.0.0.53 | Publish-SendingDomainRecord -ComputerName dc01 -LongText DnsCmd -WhatIf</code>
/// <para>What would be written to Windows DNS Server. Without -WhatIf each change is confirmed; -UndoPath undo.xml keeps what undoes it.</para>
/// </example>
/// <example>
/// <code>$records | Publish-SendingDomainRecord -ResourceGroupName dns -WhatIf</code>
/// <para>Records without a plan are compared with Azure DNS first. For BIND: -UpdateServer 10.0.0.53 -TsigKeyPath maildns.key.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "SendingDomainRecord", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = DnsServerSet)]
[OutputType(typeof(RecordChangeResult))]
public sealed class PublishSendingDomainRecordCommand : MailDnsCmdlet
{
    private const string DnsServerSet = "DnsServer";
    private const string AzureSet = "AzureDns";
    private const string UpdateSet = "DynamicUpdate";
    private readonly List<RecordChange> _plan = new();
    private readonly List<ResourceRecord> _records = new();
    private readonly List<BrokenPlanItem> _broken = new();
    private SessionCommand? _session;
    private IRecordTarget? _target;
    private UndoFile? _undo;

    /// <summary>Items of Compare-SendingDomain, of another publishing's Undo, or records; also exported and imported again.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [PlanArgument]
    public object[] InputObject { get; set; } = Array.Empty<object>();

    /// <summary>The Windows DNS server that hosts the zone; <c>localhost</c> for this machine. Needs the DnsServer module.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DnsServerSet)]
    [Alias("Cn")]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 255)]
    public string ComputerName { get; set; } = string.Empty;

    /// <summary>How texts over 254 characters are written: Refuse leaves them out and lists the alternatives; DnsCmd runs dnscmd.exe.</summary>
    [Parameter(ParameterSetName = DnsServerSet)]
    [ValidateSet("Refuse", "DnsCmd", IgnoreCase = true)]
    public string LongText { get; set; } = "Refuse";

    /// <summary>The resource group of the zone in Azure DNS. Needs the Az.Dns module and Connect-AzAccount.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzureSet)]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>The primary server that takes dynamic updates, as <c>address[:port]</c>, IPv6 in brackets.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UpdateSet)]
    [ValidateNotNullOrEmpty]
    public string UpdateServer { get; set; } = string.Empty;

    /// <summary>The file of the key that signs the updates, as tsig-keygen writes it. A file that everybody can read is refused.</summary>
    [Parameter(ParameterSetName = UpdateSet)]
    [ValidateNotNullOrEmpty]
    public string? TsigKeyPath { get; set; }

    /// <summary>The key as a credential: user name and password are the key's name and its secret in base64.</summary>
    [Parameter(ParameterSetName = UpdateSet)]
    [ValidateNotNull]
    public PSCredential? TsigKey { get; set; }

    /// <summary>The algorithm of -TsigKey; default hmac-sha256. A file in -TsigKeyPath names its own.</summary>
    [Parameter(ParameterSetName = UpdateSet)]
    [ValidateSet("hmac-sha256", "hmac-sha384", "hmac-sha512", IgnoreCase = true)]
    public string TsigAlgorithm { get; set; } = "hmac-sha256";

    /// <summary>Seconds that a question or an update to -UpdateServer may take; default 10.</summary>
    [Parameter(ParameterSetName = UpdateSet)]
    [ValidateRange(1, 300)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>A new file for the undo plan, which Import-Clixml reads. It is written before the first change.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            _session = new SessionCommand(this);
            _undo = UndoPath is null ? null : UndoFile.Create(this, UndoPath);
            _target = CreateTarget();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException or SessionStateException)
        {
            ThrowTerminatingError(exception is TargetException
                ? new ErrorRecord(exception, "CommandNotFound", ErrorCategory.NotInstalled, ParameterSetName)
                : ErrorRecords.From(exception, UndoPath ?? TsigKeyPath ?? UpdateServer));
        }
    }

    protected override void ProcessRecord()
    {
        foreach (object item in InputObject)
        {
            if (item is BrokenPlanItem broken)
            {
                _broken.Add(broken);
            }
            else if (item is RecordChange change)
            {
                if (!_plan.Contains(change)) _plan.Add(change);
            }
            else
            {
                _records.Add((ResourceRecord)item);
            }
        }
    }

    protected override void EndProcessing()
    {
        RefuseBroken();
        AddComparedRecords();
        var results = new Dictionary<RecordChange, RecordChangeResult>();
        foreach (RecordChange item in _plan)
            Settle(item, results);

        IReadOnlyList<RecordSetChange> confirmed = Confirm(RecordSetChange.Group(_plan), results);
        var publisher = new PlanPublisher(_target!);
        if (confirmed.Count > 0) Publish(publisher, confirmed, results);

        foreach (KeyValuePair<RecordChange, RecordChangeResult> result in publisher.Results)
            results[result.Key] = result.Value;

        Report(publisher, results);
    }

    protected override void StopProcessing()
    {
        _session?.Stop();
        base.StopProcessing();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _target?.Dispose();
            _undo?.Dispose();
        }

        base.Dispose(disposing);
    }

    private IRecordTarget CreateTarget() => ParameterSetName switch
    {
        AzureSet => new AzureDnsTarget(_session!, ResourceGroupName),
        UpdateSet => new UpdateTarget(ParseServer(), ReadKey(), TimeSpan.FromSeconds(TimeoutSec), StopToken),
        _ => new DnsServerTarget(_session!, ComputerName, string.Equals(LongText, "DnsCmd", StringComparison.OrdinalIgnoreCase)),
    };

    private IPEndPoint ParseServer() => ServerEndpoint.TryParse(UpdateServer, out IPEndPoint? endpoint, out string reason)
        ? endpoint!
        : throw new FormatException("-UpdateServer " + Text.PrintableText.Quote(UpdateServer) + " is not a valid server address: " + reason);

    private TsigKey? ReadKey()
    {
        if (TsigKeyPath is not null && TsigKey is not null)
            throw new ArgumentException("-TsigKeyPath and -TsigKey are two ways to give one key: give one of them.");

        return TsigKeyPath is not null ? TsigKeySource.FromFile(this, TsigKeyPath)
            : TsigKey is not null ? TsigKeySource.FromCredential(TsigKey, TsigAlgorithm)
            : null;
    }

    // A plan is carried out as a whole: a part of one that was edited or damaged is not what somebody agreed to.
    private void RefuseBroken()
    {
        string? reason = _broken.Count > 0 ? _broken[0].Reason : DifferentReadings();
        if (reason is not null)
        {
            ThrowTerminatingError(new ErrorRecord(new FormatException(reason + " Nothing of the plan was carried out."), "InvalidPlan", ErrorCategory.InvalidData, targetObject: null));
        }
    }

    // All items of one set were made from one reading of it.
    private string? DifferentReadings() => _plan
        .Where(item => item.IsChange)
        .GroupBy(item => (item.Owner, item.Zone, item.DnsType))
        .Where(set => set.Any(item => !RecordEquality.IsSameSet(item.Present, set.First().Present)))
        .Select(set => "The items of the plan for " + DnsRecordTypes.Mnemonic(set.Key.DnsType) + " of " + set.Key.Owner + " were made from different states of the zone. Compare again.")
        .FirstOrDefault();

    // Records without a plan are compared with the target itself.
    private void AddComparedRecords()
    {
        if (_records.Count == 0) return;

        try
        {
            IDnsResolver resolver = _target!.CreateResolver(_records.Select(record => record.Zone).Distinct().ToArray());
            var options = new RecordPlanOptions { FirstStringOnly = _target.HasFirstStringOnly };
            _plan.AddRange(Await(token => RecordPlanner.PlanAsync(_records, resolver, options, token)));
        }
        catch (TargetException exception)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "ZoneNotRead", ErrorCategory.ReadError, _target!.Description));
        }
    }

    private void Settle(RecordChange item, Dictionary<RecordChange, RecordChangeResult> results)
    {
        switch (item.Action)
        {
            case RecordAction.Keep:
                results[item] = RecordChangeResult.Of(item, RecordChangeStatus.Unchanged, item.Reason);
                break;
            case RecordAction.Conflict:
                results[item] = RecordChangeResult.Of(item, RecordChangeStatus.Skipped, item.Reason);
                WriteWarning(item + " is left out: " + item.Reason);
                break;
            case RecordAction.Unknown:
                // A server that was not reached is not to look like success in a script.
                results[item] = RecordChangeResult.Of(item, RecordChangeStatus.Skipped, item.Reason);
                WriteError(new ErrorRecord(new InvalidOperationException(item + " is left out: " + item.Reason), "ZoneNotRead", ErrorCategory.ReadError, item));
                break;
        }
    }

    private IReadOnlyList<RecordSetChange> Confirm(IReadOnlyList<RecordSetChange> sets, Dictionary<RecordChange, RecordChangeResult> results)
    {
        var confirmed = new List<RecordSetChange>();
        foreach (RecordSetChange set in sets)
        {
            string? obstacle = _target!.FindObstacle(set);
            if (obstacle is null && ConfirmSet(set))
            {
                confirmed.Add(set);
                continue;
            }

            if (obstacle is not null)
            {
                var refusal = new InvalidOperationException(set.Items[0] + ": " + obstacle);
                WriteError(new ErrorRecord(refusal, "NotPublishable", ErrorCategory.NotImplemented, set.Items[0]));
            }

            foreach (RecordChange item in set.Items)
                results[item] = RecordChangeResult.Of(item, RecordChangeStatus.Skipped, obstacle ?? "Not confirmed.");
        }

        return confirmed;
    }

    private bool ConfirmSet(RecordSetChange set)
    {
        foreach (string warning in set.Items.SelectMany(item => item.Warning))
            WriteWarning(set.Key.Owner + ": " + Text.PrintableText.Escape(warning));

        string text = string.Join("; ", set.Items.Select(item => item.ToString()));
        return ShouldProcess(
            text + " in zone " + set.Key.Zone + " on " + _target!.Description,
            text + " in zone " + set.Key.Zone + " on " + _target.Description + "?",
            "Publish records");
    }

    private void Publish(PlanPublisher publisher, IReadOnlyList<RecordSetChange> confirmed, Dictionary<RecordChange, RecordChangeResult> results)
    {
        try
        {
            publisher.Publish(confirmed, undo => _undo?.Write(undo));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.From(exception, UndoPath));
            foreach (RecordChange item in confirmed.SelectMany(set => set.Items).Where(item => !publisher.Results.ContainsKey(item)))
                results[item] = RecordChangeResult.Of(item, RecordChangeStatus.Skipped, "Nothing was written, since the undo plan could not be: " + exception.Message);
        }
    }

    private void Report(PlanPublisher publisher, Dictionary<RecordChange, RecordChangeResult> results)
    {
        RecordChange[] undo = results.Values.SelectMany(result => result.Undo).ToArray();
        if (undo.Length > 0 && _undo is not null) WriteUndo(undo);

        if (publisher.Change is { } change)
        {
            WriteError(new ErrorRecord(new InvalidOperationException(change), "ZoneChanged", ErrorCategory.InvalidOperation, _target!.Description));
        }
        else
        {
            foreach ((RecordChange item, string message) in publisher.Failures)
            {
                WriteError(new ErrorRecord(new InvalidOperationException(item + ": " + message), "PublishFailed", ErrorCategory.WriteError, item));
            }
        }

        foreach (RecordChange item in _plan)
            WriteObject(results[item]);
    }

    // What was written before the first change undoes at least as much; the results have the rest.
    private void WriteUndo(RecordChange[] undo)
    {
        try
        {
            _undo!.Write(undo);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(new IOException("The undo plan in " + _undo!.FullPath + " is the one from before the first change: " + exception.Message + " Keep the Undo of the results too.", exception), "UndoNotWritten", ErrorCategory.WriteError, UndoPath));
        }
    }
}
