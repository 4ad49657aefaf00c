using System.Collections;

namespace MailDns.Publishing;

/// <summary>
/// Runs commands of other modules in the caller's session, their parameters handed over as values: no text of a record is
/// ever part of a script.
/// </summary>
internal sealed class SessionCommand(PSCmdlet cmdlet)
{
    private readonly Dictionary<string, string> _commands = new(StringComparer.OrdinalIgnoreCase);
    private volatile PowerShell? _running;

    /// <summary>Looks the commands up, importing their module where it is installed.</summary>
    /// <exception cref="TargetException">One of them is not there.</exception>
    public void Require(string module, CommandTypes types, params string[] names)
    {
        foreach (string name in names)
        {
            CommandInfo command = cmdlet.InvokeCommand.GetCommand(name, types)
                ?? throw new TargetException(name + " was not found. It comes with " + module + ".");

            // By its full name, so that no alias comes between.
            _commands[name] = command.CommandType == CommandTypes.Application ? command.Definition
                : string.IsNullOrEmpty(command.ModuleName) ? command.Name
                : command.ModuleName + "\\" + command.Name;
        }
    }

    /// <summary>Runs a command. Parameters without a value are left out.</summary>
    /// <exception cref="SessionCommandException">It reported an error.</exception>
    public IReadOnlyList<PSObject> Invoke(string name, IDictionary parameters, IReadOnlyList<string>? arguments = null)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);

        // A scope of its own: without one a function would run as if dot-sourced, outside its module (all of DnsServer's are functions).
        shell.AddCommand(_commands[name], useLocalScope: true);
        foreach (DictionaryEntry parameter in parameters)
        {
            if (parameter.Value is not null) shell.AddParameter((string)parameter.Key, parameter.Value);
        }

        foreach (string argument in arguments ?? Array.Empty<string>())
            shell.AddArgument(argument);

        return Run(shell);
    }

    /// <summary>Ends what is under way, for Ctrl+C.</summary>
    public void Stop() => _running?.BeginStop(callback: null, state: null);

    private IReadOnlyList<PSObject> Run(PowerShell shell)
    {
        _running = shell;
        try
        {
            PSObject[] output = shell.Invoke().Where(item => item is not null).ToArray();
            return shell.Streams.Error.Count == 0 ? output : throw new SessionCommandException(shell.Streams.Error[0]);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new SessionCommandException(exception.ErrorRecord);
        }
        finally
        {
            _running = null;
        }
    }
}

/// <summary>What a command of another module reported.</summary>
internal sealed class SessionCommandException(ErrorRecord error) : InvalidOperationException(error.ErrorDetails?.Message ?? error.Exception.Message, error.Exception)
{
    public string[] Ids { get; } = (error.FullyQualifiedErrorId ?? string.Empty).Split(',').Select(id => id.Trim()).ToArray();
    public ErrorCategory Category { get; } = error.CategoryInfo.Category;

    /// <summary>True for one of these codes of Windows DNS.</summary>
    public bool IsWin32(params int[] codes) => codes.Any(code => Ids.Contains("WIN32 " + code, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A target that the cmdlets of another module read and write, one record set at a time.</summary>
internal abstract class ModuleTarget(SessionCommand session, string get) : IRecordTarget
{
    public abstract string Description { get; }
    public abstract bool HasFirstStringOnly { get; }

    /// <summary>True where a zone that answers is known even when it is empty.</summary>
    private protected abstract bool KnowsEmptyZones { get; }

    public IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets) => sets.Select(set => new[] { set }).ToArray();

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
            foreach (PSObject item in Run(get, Parameters(zone)))
                reader.TryAdd(item);

            files.AddRange(reader.Zones.Count == 0 && KnowsEmptyZones ? new[] { new ZoneFile(zone.Text, zone, Array.Empty<DnsRecord>()) } : reader.Zones);
        }

        return new ZoneFileResolver(files);
    }

    public abstract string? FindObstacle(RecordSetChange set);

    public abstract IReadOnlyList<ResourceRecord> Read(RecordSetState key);

    public virtual bool IsSame(ResourceRecord planned, ResourceRecord actual) => RecordEquality.IsSameData(planned, actual);

    public void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        foreach (RecordSetChange set in sets)
            Write(set);
    }

    private protected abstract void Write(RecordSetChange set);

    /// <summary>The parameters that every command for a zone takes.</summary>
    private protected abstract Hashtable Parameters(DomainName zone);

    private protected abstract bool IsNotThere(SessionCommandException exception);

    private protected virtual bool IsChanged(SessionCommandException exception) => false;

    /// <summary>What the module gives for one name and type; nothing where it says that none is there.</summary>
    private protected IReadOnlyList<PSObject> ReadSet(RecordSetState key, string typeParameter)
    {
        try
        {
            return session.Invoke(get, With(Parameters(key.Zone), ("Name", key.Owner.RelativeTo(key.Zone)), (typeParameter, DnsRecordTypes.Mnemonic(key.Type))));
        }
        catch (SessionCommandException exception) when (IsNotThere(exception))
        {
            return Array.Empty<PSObject>();
        }
        catch (SessionCommandException exception)
        {
            throw Failure(get, exception);
        }
    }

    private protected IReadOnlyList<PSObject> Run(string command, Hashtable parameters)
    {
        try
        {
            return session.Invoke(command, parameters);
        }
        catch (SessionCommandException exception)
        {
            throw Failure(command, exception);
        }
    }

    private protected TargetException Failure(string command, SessionCommandException exception) =>
        new(command + ": " + exception.Message + " (" + string.Join(", ", exception.Ids) + ")", IsChanged(exception), exception);

    /// <summary>For a change that was confirmed once for the whole plan.</summary>
    private protected static Hashtable Quiet(Hashtable parameters, params (string Name, object? Value)[] more) =>
        With(With(parameters, ("ErrorAction", ActionPreference.Continue), ("Confirm", false), ("WhatIf", false)), more);

    private static Hashtable With(Hashtable parameters, params (string Name, object? Value)[] more)
    {
        foreach ((string name, object? value) in more)
            parameters[name] = value;

        return parameters;
    }
}
