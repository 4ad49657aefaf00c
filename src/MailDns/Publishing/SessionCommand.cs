using System.Collections;

namespace MailDns.Publishing;

/// <summary>
/// Runs commands of other modules in the caller's session, their parameters handed over as values: no text of a record is
/// ever part of a script.
/// </summary>
internal sealed class SessionCommand(PSCmdlet cmdlet)
{
    private readonly PSCmdlet _cmdlet = cmdlet;
    private readonly Dictionary<string, string> _commands = new(StringComparer.OrdinalIgnoreCase);
    private volatile PowerShell? _running;

    /// <summary>Looks the commands up, importing their module where it is installed.</summary>
    /// <exception cref="TargetException">One of them is not there.</exception>
    public void Require(string module, CommandTypes types, params string[] names)
    {
        foreach (string name in names)
        {
            CommandInfo command = _cmdlet.InvokeCommand.GetCommand(name, types)
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
