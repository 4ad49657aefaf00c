using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MailDns.Shell.Hosting;

/// <summary>
/// The few non-public parts of the engine that PowerShell's own console and Utility cmdlets use too. The engine's version
/// is pinned, so they are there; if a later one moves them, whatever needs one says so.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly Assembly s_engine = typeof(PowerShell).Assembly;

    /// <summary>Gives a formatting cmdlet its working part.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="shape">Table or List.</param>
    public static void SetFormatShape(FrontEndCommandBase cmdlet, string shape)
    {
        Type shapeType = Find("Microsoft.PowerShell.Commands.Internal.Format.FormatShape");
        Type worker = Find("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand");
        FieldInfo field = typeof(FrontEndCommandBase).GetField("implementation", Hidden) ?? throw Missing("implementation");
        object instance = Activator.CreateInstance(worker, Hidden, binder: null, [Enum.Parse(shapeType, shape)], culture: null)
            ?? throw Missing(worker.Name);
        field.SetValue(cmdlet, instance);
    }

    /// <summary>The exception by which a cmdlet that has enough stops those before it, as Select-Object -First does.</summary>
    public static Exception StopUpstream(Cmdlet cmdlet)
    {
        Type type = Find("System.Management.Automation.StopUpstreamCommandsException");
        object? instance = Activator.CreateInstance(type, Hidden, binder: null, [cmdlet], culture: null);
        return instance as Exception ?? throw Missing(type.Name);
    }

    /// <summary>Serializes several objects one beside the other, as Export-Clixml does.</summary>
    public static string Serialize(IList<object?> items, int depth)
    {
        MethodInfo method = typeof(PSSerializer).GetMethod(
            "Serialize",
            BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public,
            binder: null,
            [typeof(IList<object>), typeof(int), typeof(bool)],
            modifiers: null) ?? throw Missing("PSSerializer.Serialize");
        return (string)(method.Invoke(obj: null, [items, depth, true]) ?? string.Empty);
    }

    /// <summary>Lets <c>exit</c> in the script file that runs next end the session, as <c>pwsh -File</c> does.</summary>
    public static void LetScriptFileExit(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Hidden)?.GetValue(runspace)
            ?? throw Missing("Runspace.ExecutionContext");
        PropertyInfo property = context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)
            ?? throw Missing("ScriptCommandProcessorShouldRethrowExit");
        property.SetValue(context, value: true);
    }

    /// <summary>Marks an error so that Out-Default sends it to the error stream.</summary>
    public static void MarkAsError(PSObject error)
    {
        PropertyInfo property = typeof(PSObject).GetProperty("WriteStream", Hidden) ?? throw Missing("PSObject.WriteStream");
        property.SetValue(error, Enum.Parse(property.PropertyType, "Error"));
    }

    private static Type Find(string name)
    {
        return s_engine.GetType(name, throwOnError: false) ?? throw Missing(name);
    }

    private static NotSupportedException Missing(string name)
    {
        return new NotSupportedException($"This version of the engine has no {name}.");
    }
}
