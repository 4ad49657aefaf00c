using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailDns.Shell.Hosting;
using Microsoft.PowerShell;

namespace MailDns.Shell;

/// <summary>Opens a runspace, imports the module, runs the script and tells the exit code.</summary>
internal sealed class ShellRunner : IDisposable
{
    private readonly ShellOptions _options;
    private readonly ShellHost _host;
    private PowerShell? _running;
    private volatile bool _interrupted;

    public ShellRunner(ShellOptions options)
    {
        _options = options;
        _host = new ShellHost(new ShellTerminal(options.Width, options.NonInteractive));
    }

    public int Run()
    {
        Console.CancelKeyPress += OnCancelKeyPress;
        try
        {
            using Runspace runspace = RunspaceFactory.CreateRunspace(_host, CreateSessionState());
            runspace.Open();
            return Execute(runspace);
        }
        catch (UsageException exception)
        {
            _host.Terminal.WriteErrorLine($"maildns-shell: {exception.Message}");
            return ExitCode.Usage;
        }
        catch (RunspaceOpenModuleLoadException exception)
        {
            foreach (ErrorRecord error in exception.ErrorRecords)
                _host.Terminal.WriteErrorLine($"maildns-shell: {error}");
            return ExitCode.Failure;
        }
        catch (FileNotFoundException exception)
        {
            _host.Terminal.WriteErrorLine($"maildns-shell: {exception.Message}");
            return ExitCode.Failure;
        }
        finally
        {
            Console.CancelKeyPress -= OnCancelKeyPress;
            _host.Terminal.Flush();
        }
    }

    public void Dispose()
    {
        _running?.Dispose();
    }

    private InitialSessionState CreateSessionState()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", _options.ErrorView, "How errors are shown"));
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        ShellCommands.AddTo(state);
        foreach (string module in Modules())
            state.ImportPSModule([module]);
        return state;
    }

    private List<string> Modules()
    {
        var modules = new List<string>();
        if (_options.NoModule)
            return modules;
        foreach (string module in _options.Modules)
            modules.Add(ModuleLocator.Resolve(module));
        if (modules.Count == 0)
        {
            modules.Add(ModuleLocator.FindManifest() ?? throw new FileNotFoundException(
                "no MailDns.psd1 above the shell or the current folder; name it with -Module, or give -NoModule"));
        }

        return modules;
    }

    private int Execute(Runspace runspace)
    {
        using var shell = PowerShell.Create(runspace);
        _running = shell;
        AddWork(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            if (!_interrupted)
                shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C, or exit inside the script; told apart below.
        }
        catch (RuntimeException exception)
        {
            if (!_interrupted && !_host.ExitRequested)
            {
                Report(runspace, exception);
                return ExitCode.Failure;
            }
        }
        finally
        {
            _running = null;
        }

        if (_interrupted)
            return ExitCode.Interrupted;
        return _host.ExitRequested ? _host.RequestedExitCode : ExitCode.Success;
    }

    private void AddWork(PowerShell shell)
    {
        if (_options.ScriptPath is null)
        {
            shell.AddScript(_options.Command);
            return;
        }

        var command = new Command(_options.ScriptPath, isScript: false, useLocalScope: false);
        ScriptArguments.AddTo(command, _options.Arguments);
        EngineInternals.LetScriptFileExit(shell.Runspace);
        shell.Commands.AddCommand(command);
    }

    // The engine's own error view does the work.
    private void Report(Runspace runspace, RuntimeException exception)
    {
        // A parse error of typed text has a view without text; its message says it all.
        ErrorRecord error = exception.ErrorRecord;
        if (exception is ParseException && _options.ScriptPath is null)
        {
            _host.Terminal.WriteErrorLine("ParserError: " + exception.Message);
            return;
        }

        try
        {
            var shown = new PSObject(error);
            EngineInternals.MarkAsError(shown);
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand("Out-Default").Invoke(new[] { shown });
        }
        catch (RuntimeException)
        {
            _host.Terminal.WriteErrorLine(error.ToString());
        }
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        _interrupted = true;
        _running?.BeginStop(null, null);
    }
}
