using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// The names that the text of a tree calls, as hashes with their positions, in source order. It is read off the text
/// alone, once for each tree, and kept as long as the tree is; who finds a name here still has to ask the syntax.
/// </summary>
internal sealed class TreeIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeIndex> Indexes = new();

    // An if or a while before a parenthesis calls nothing.
    private static readonly HashSet<int> Keywords = HashesOf(
        "if", "for", "foreach", "while", "switch", "catch", "lock", "using", "return", "await", "typeof", "nameof",
        "sizeof", "default", "in", "is", "as", "and", "or", "not", "when", "var", "base", "this", "checked", "fixed");

    private readonly int[] _hashes;
    private readonly int[] _positions;

    private TreeIndex(int[] hashes, int[] positions)
    {
        _hashes = hashes;
        _positions = positions;
    }

    /// <summary>How many calls there are.</summary>
    public int Count => _hashes.Length;

    /// <summary>The index of a tree.</summary>
    public static TreeIndex Of(SyntaxTree tree) => Indexes.GetValue(tree, static t => Read(t.GetText().ToString()));

    /// <summary>The hash of a name.</summary>
    public static int HashOf(string name)
    {
        var hash = Seed;
        foreach (var c in name)
        {
            hash = Mix(hash, c);
        }

        return hash;
    }

    /// <summary>The hashes of names.</summary>
    public static HashSet<int> HashesOf(params string[] names)
    {
        var hashes = new HashSet<int>();
        foreach (var name in names)
        {
            hashes.Add(HashOf(name));
        }

        return hashes;
    }

    /// <summary>The hash of the name of a call.</summary>
    /// <param name="index">The number of the call, from 0.</param>
    public int Hash(int index) => _hashes[index];

    /// <summary>Where the name of a call stands.</summary>
    /// <param name="index">The number of the call, from 0.</param>
    public int Position(int index) => _positions[index];

    /// <summary>Whether any of these names is called.</summary>
    public bool CallsAny(HashSet<int> names)
    {
        foreach (var hash in _hashes)
        {
            if (names.Contains(hash))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers of the calls inside a span: from the first to before the last.</summary>
    public (int From, int To) Within(TextSpan span) => (LowerBound(span.Start), LowerBound(span.End));

    /// <summary>
    /// The call or object creation whose name stands at a position; null where the text only looks like one.
    /// </summary>
    public static ExpressionSyntax? CallAt(SyntaxNode root, int position)
    {
        if (!root.FullSpan.Contains(position)
            || root.FindToken(position).Parent is not SimpleNameSyntax name || name.SpanStart != position)
        {
            return null;
        }

        SyntaxNode called = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            QualifiedNameSyntax qualified when qualified.Right == name => qualified,
            _ => name,
        };
        return called.Parent switch
        {
            InvocationExpressionSyntax invocation when invocation.Expression == called => invocation,
            ObjectCreationExpressionSyntax creation when creation.Type == called => creation,
            _ => null,
        };
    }

    /// <summary>The name that a call stands with; null if it has none.</summary>
    public static string? NameOf(ExpressionSyntax call)
    {
        SyntaxNode? called = call switch
        {
            InvocationExpressionSyntax invocation => invocation.Expression,
            ObjectCreationExpressionSyntax creation => creation.Type,
            _ => null,
        };
        return called switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };
    }

    private const int Seed = unchecked((int)2166136261);

    // Longer than any list of type arguments.
    private const int MaxTypeArguments = 400;

    private static int Mix(int hash, char c) => unchecked((hash ^ c) * 16777619);

    private int LowerBound(int position)
    {
        var index = Array.BinarySearch(_positions, position);
        return index >= 0 ? index : ~index;
    }

    // A name counts as called where a parenthesis follows it, perhaps behind type arguments.
    private static TreeIndex Read(string text)
    {
        var hashes = new List<int>();
        var positions = new List<int>();
        for (var at = text.IndexOf('('); at >= 0; at = text.IndexOf('(', at + 1))
        {
            var end = EndOfName(text, at);
            var start = end;
            while (start > 0 && IsNamePart(text[start - 1]))
            {
                start--;
            }

            if (start == end)
            {
                continue;
            }

            var hash = Seed;
            for (var i = start; i < end; i++)
            {
                hash = Mix(hash, text[i]);
            }

            if (!Keywords.Contains(hash))
            {
                hashes.Add(hash);
                positions.Add(start);
            }
        }

        return new TreeIndex(hashes.ToArray(), positions.ToArray());
    }

    /// <summary>Where the name before a parenthesis ends: before white space and type arguments.</summary>
    private static int EndOfName(string text, int parenthesis)
    {
        var end = BeforeSpace(text, parenthesis);
        if (end == 0 || text[end - 1] != '>')
        {
            return end;
        }

        var depth = 0;
        for (var i = end - 1; i >= 0 && end - i < MaxTypeArguments; i--)
        {
            switch (text[i])
            {
                case '>':
                    depth++;
                    break;
                case '<' when --depth == 0:
                    return BeforeSpace(text, i);
                case ';' or '{' or '=':
                    return end;
            }
        }

        return end;
    }

    private static int BeforeSpace(string text, int position)
    {
        while (position > 0 && text[position - 1] is ' ' or '\t' or '\r' or '\n')
        {
            position--;
        }

        return position;
    }

    private static bool IsNamePart(char c) => (uint)((c | 0x20) - 'a') <= 'z' - 'a' || c == '_' || (uint)(c - '0') <= 9
        || (c > 127 && SyntaxFacts.IsIdentifierPartCharacter(c));
}
