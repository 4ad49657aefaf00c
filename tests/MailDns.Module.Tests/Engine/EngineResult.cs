using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace MailDns.Module.Tests.Engine;

/// <summary>What a script gave.</summary>
public sealed class EngineResult
{
    private readonly EngineFixture _engine;

    internal EngineResult(
        EngineFixture engine,
        IReadOnlyList<PSObject> output,
        IReadOnlyList<ErrorRecord> errors,
        bool terminated,
        IReadOnlyList<string> warnings,
        IReadOnlyList<string> verbose,
        string hostText)
    {
        _engine = engine;
        Output = output;
        Errors = errors;
        Terminated = terminated;
        Warnings = warnings;
        Verbose = verbose;
        HostText = hostText;
    }

    public IReadOnlyList<PSObject> Output { get; }

    /// <summary>Non-terminating errors in their order, then the terminating one, if there was one.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; }

    /// <summary>Whether a terminating error ended the script.</summary>
    public bool Terminated { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    /// <summary>What went to the host directly: Write-Host, -WhatIf.</summary>
    public string HostText { get; }

    /// <summary>The output as a user sees it, 120 columns wide.</summary>
    public string Text => Render(120);

    /// <summary>The ids of <see cref="Errors"/> without the command's name.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>The output as a user sees it at that width.</summary>
    public string Render(int width, bool colour = false, string culture = "", string? format = null) => _engine.Render(Output, width, colour, culture, format);

    /// <summary>The only object of the output.</summary>
    public PSObject Single() => Assert.Single(EnsureClean().Output);

    /// <summary>The only object of the output, as a .NET value.</summary>
    public T Single<T>() => (T)LanguagePrimitives.ConvertTo(Single(), typeof(T), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One property of the only object of the output.</summary>
    public T? Property<T>(string name) => Output.Count == 1 ? Read<T>(Output[0], name) : throw new InvalidOperationException("There is not one object but " + Output.Count + ".");

    /// <summary>One property of each object of the output.</summary>
    public IReadOnlyList<T?> Properties<T>(string name) => [.. Output.Select(item => Read<T>(item, name))];

    /// <summary>Fails the test, with the messages, if there was an error.</summary>
    public EngineResult EnsureClean()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(error => error.FullyQualifiedErrorId + ": " + error)));
        return this;
    }

    private static T? Read<T>(PSObject item, string name)
    {
        PSPropertyInfo property = item.Properties[name] ?? throw new InvalidOperationException("There is no property " + name + ".");
        return property.Value is null ? default : LanguagePrimitives.ConvertTo<T>(property.Value);
    }
}
