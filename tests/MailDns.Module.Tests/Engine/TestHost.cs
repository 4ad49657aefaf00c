using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Text;

namespace MailDns.Module.Tests.Engine;

/// <summary>A terminal that keeps what it is given, as wide and as colourful as a test wants it. Nobody sits at it.</summary>
internal sealed class TestHost : PSHost
{
    private readonly TestUserInterface _userInterface = new();

    public override string Name => "MailDns tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _userInterface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>What was written since the last call.</summary>
    public string Take() => _userInterface.Take();

    /// <summary>Sets the width, and whether colours are kept.</summary>
    public void Set(int width, bool colour) => _userInterface.Set(width, colour);

    public override void SetShouldExit(int exitCode) => throw new HostException("A test asks to exit.");

    public override void EnterNestedPrompt() => throw new HostException("Nobody sits here.");

    public override void ExitNestedPrompt() => throw new HostException("Nobody sits here.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    private sealed class TestUserInterface : PSHostUserInterface
    {
        private readonly StringBuilder _text = new();
        private readonly TestRawUserInterface _raw = new();
        private bool _colour;

        public override PSHostRawUserInterface RawUI => _raw;

        public override bool SupportsVirtualTerminal => _colour;

        public string Take()
        {
            string text = _text.ToString();
            _text.Clear();
            return text;
        }

        public void Set(int width, bool colour)
        {
            _raw.Width = width;
            _colour = colour;
        }

        public override void Write(string value) => _text.Append(_colour ? value : new StringDecorated(value).ToString(OutputRendering.PlainText));

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + Environment.NewLine);

        public override void WriteErrorLine(string value)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new HostException("Nobody sits here.");

        public override SecureString ReadLineAsSecureString() => throw new HostException("Nobody sits here.");

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new HostException("Nobody sits here.");

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
            throw new HostException(message + " Nobody is there to confirm.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new HostException("Nobody sits here.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            throw new HostException("Nobody sits here.");
    }

    private sealed class TestRawUserInterface : PSHostRawUserInterface
    {
        public int Width { get; set; } = 120;

        public override Size BufferSize
        {
            get => new(Width, 50);
            set => throw new HostException("The width is the test's.");
        }

        public override Size WindowSize
        {
            get => BufferSize;
            set => throw new HostException("The width is the test's.");
        }

        public override Size MaxPhysicalWindowSize => BufferSize;

        public override Size MaxWindowSize => BufferSize;

        public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

        public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; } = 25;

        public override Coordinates WindowPosition { get; set; }

        public override string WindowTitle { get; set; } = string.Empty;

        public override bool KeyAvailable => false;

        public override void FlushInputBuffer()
        {
        }

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new HostException("Nobody sits here.");

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new HostException("There is no screen.");

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new HostException("There is no screen.");

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new HostException("There is no screen.");

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new HostException("There is no screen.");
    }
}
