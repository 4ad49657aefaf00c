using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace MailDns.Shell.Hosting;

/// <summary>The host that the engine talks to.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _userInterface;

    public ShellHost(ShellTerminal terminal)
    {
        Terminal = terminal;
        _userInterface = new ShellUserInterface(terminal);
        PrivateData = new PSObject(terminal);
    }

    public ShellTerminal Terminal { get; }

    public bool ExitRequested { get; private set; }

    public int RequestedExitCode { get; private set; }

    public override string Name => "MailDns.Shell";

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <summary>The way from a cmdlet of the shell back to its terminal: the engine passes it on as it is.</summary>
    public override PSObject PrivateData { get; }

    public override PSHostUserInterface UI => _userInterface;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode)
    {
        ExitRequested = true;
        RequestedExitCode = exitCode;
    }

    public override void EnterNestedPrompt()
    {
        throw new HostException("This shell has no nested prompt.");
    }

    public override void ExitNestedPrompt()
    {
        throw new HostException("This shell has no nested prompt.");
    }

    public override void NotifyBeginApplication()
    {
        // Native programs share the streams.
        Terminal.Flush();
    }

    public override void NotifyEndApplication()
    {
    }
}
