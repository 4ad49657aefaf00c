using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MailDns.Module.Tests.Engine;

/// <summary>
/// One runspace with the module imported by its manifest's path, for all tests of a class
/// (<c>IClassFixture&lt;EngineFixture&gt;</c>). The engine and its cmdlets are those of PowerShell itself, hosted in this process.
/// </summary>
public sealed class EngineFixture : IDisposable
{
    private readonly TestHost _host = new();
    private readonly Runspace _runspace;

    public EngineFixture()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        InitialSessionState state = InitialSessionState.CreateDefault();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([TestPaths.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    /// <summary>The runspace, for what <see cref="Invoke"/> cannot do.</summary>
    public Runspace Runspace => _runspace;

    /// <summary>Runs a script in a scope of its own; the arguments are its <c>$args</c>, or bind to its <c>param()</c>.</summary>
    /// <remarks>A terminating error does not throw: it is the last of <see cref="EngineResult.Errors"/>.</remarks>
    public EngineResult Invoke(string script, params object?[] arguments)
    {
        UseRunspace();
        _host.Take();
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: true);
        foreach (object? argument in arguments)
            shell.AddArgument(argument);

        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        List<ErrorRecord> errors = [.. shell.Streams.Error];
        if (terminating is not null)
            errors.Add(terminating);
        return new EngineResult(
            this,
            [.. output],
            errors,
            terminating is not null,
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            _host.Take());
    }

    /// <summary>What a user at a terminal would see of these objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="colour">Whether it has colours.</param>
    /// <param name="culture">Whose texts the engine breaks between words (en-US), or does not: the invariant one, as in a bare container.</param>
    /// <param name="format">A formatting cmdlet; none is the type's own view.</param>
    public string Render(IEnumerable<PSObject> objects, int width = 120, bool colour = false, string culture = "", string? format = null)
    {
        UseRunspace();
        using PowerShell shell = PowerShell.Create(_runspace);
        if (format is not null)
            shell.AddCommand(format);
        shell.AddCommand("Out-Default");
        _host.Take();
        _host.Set(width, colour);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // the pipeline's thread has the culture of the one that starts it
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            shell.Invoke(objects);
            return _host.Take();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            _host.Set(120, colour: false);
        }
    }

    /// <summary>Imports the stub of DnsServer, empty; the names are the zones that exist (none: all).</summary>
    public void UseDnsServer(params string[] zones) =>
        Invoke("param($path, $zones) Import-Module $path; Initialize-StubZone -Name $zones", TestPaths.Stub("DnsServer", "DnsServer.psd1"), zones).EnsureClean();

    /// <summary>Imports the stub of Az.Dns, empty; the names are the zones that exist (none: all).</summary>
    public void UseAzDns(params string[] zones) =>
        Invoke("param($path, $zones) Import-Module $path; Initialize-StubAzZone -Name $zones", TestPaths.Stub("Az.Dns", "Az.Dns.psd1"), zones).EnsureClean();

    /// <summary>Imports the maker of objects shaped like those of Resolve-DnsName.</summary>
    public void UseDnsClient() =>
        Invoke("param($path) Import-Module $path", TestPaths.Stub("DnsClient", "DnsClientStub.psd1")).EnsureClean();

    // Script properties of the output are evaluated where the test reads them: on its own thread.
    private void UseRunspace() => System.Management.Automation.Runspaces.Runspace.DefaultRunspace = _runspace;

    public void Dispose() => _runspace.Dispose();
}
